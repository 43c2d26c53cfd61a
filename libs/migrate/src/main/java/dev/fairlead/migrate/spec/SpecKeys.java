package dev.fairlead.migrate.spec;

import dev.fairlead.document.typed.Form;
import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import java.util.List;

/// The keys of a MigrationSpec, once: what is checked, read, put into the schema and into the reference. Texts are
/// declared as templates so that `{{` is nothing special in SQL; nothing in a spec is evaluated.
public final class SpecKeys {
    private static final Form NAME_FORM =
            Form.of(
                    "a name such as core.db.2025_01_add_users (letters, digits, _ and -, in segments joined by dots)",
                    "[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Form DIGEST_FORM =
            Form.of("a SHA-256 digest of 64 hexadecimal digits", "[0-9a-fA-F]{64}");
    private static final Form URL_FORM =
            Form.of("an address that begins with https:// or http://", "https?://\\S+");
    private static final Shape TEXTS = Shape.listOf(Shape.TEMPLATE);

    static final Key NAME =
            Key.of(
                            "name",
                            Shape.text(NAME_FORM),
                            "The migration's key, unique together with its version: context, namespace, and a slug that begins with a date.")
                    .like("core.db.2025_01_add_users");
    static final Key KEY =
            Key.of(
                            "key",
                            Shape.text(NAME_FORM),
                            "Another spelling of `name`; one of the two is required.")
                    .like("core.db.2025_01_add_users");
    static final Key VERSION =
            Key.of(
                            "version",
                            Shape.WRITTEN,
                            "The version by semver.org; `1`, `1.0` and `1.0.0` are one.")
                    .mandatory()
                    .like("1.0.0", "2");
    static final Key TITLE =
            Key.of("title", Shape.TEMPLATE, "What it does, in a line.").like("Add users");
    static final Key META_DESCRIPTION =
            Key.of("description", Shape.TEMPLATE, "What it does and why.")
                    .like("The table that sign-in needs");
    static final Key DOMAIN =
            Key.of("domain", Shape.TEMPLATE, "The part of the product that it belongs to.")
                    .like("identity");
    static final Key OWNERS =
            Key.of("owners", TEXTS, "Teams or people that answer for it; approvals go to them.")
                    .like("[ \"@platform.core\" ]");
    static final Key TAGS =
            Key.of("tags", TEXTS, "Words that it is found and routed by.").like("[ users ]");
    static final Key STABILITY =
            Key.of(
                            "stability",
                            Shape.words(
                                    "idea",
                                    "in_creation",
                                    "experimental",
                                    "beta",
                                    "stable",
                                    "deprecated"),
                            "How settled it is; approvals may ask for it.")
                    .like("stable");
    static final Key DOC_ID =
            Key.of("docId", Shape.TEMPLATE, "The document that describes it.")
                    .like("docs.migrations.users");

    private static final Shape.Struct META_STRUCT =
            Shape.Struct.of(
                    "meta",
                    "Which migration it is, and whose.",
                    List.of(
                            NAME,
                            KEY,
                            VERSION,
                            TITLE,
                            META_DESCRIPTION,
                            DOMAIN,
                            OWNERS,
                            TAGS,
                            STABILITY,
                            DOC_ID));

    static final Key EXPRESSION_DESCRIPTION =
            Key.of("description", Shape.TEMPLATE, "What holds when it gives true.")
                    .mandatory()
                    .like("nobody is without a name");
    static final Key EXPRESSION =
            Key.of(
                            "expression",
                            Shape.TEMPLATE,
                            "An SQL expression, or a query of one row and one column, that gives true. NULL, no row or several rows fail it.")
                    .mandatory()
                    .like("SELECT count(*) = 0 FROM users WHERE name IS NULL");
    static final Shape.Struct CHECK =
            Shape.Struct.of(
                    "check",
                    "A question to the live database around a step.",
                    List.of(EXPRESSION_DESCRIPTION, EXPRESSION));

    static final Key DESCRIPTION =
            Key.of("description", Shape.TEMPLATE, "What the step does.").like("create the table");
    static final Key TIMEOUT =
            Key.of(
                            "timeoutMs",
                            new Shape.Whole(1, Integer.MAX_VALUE),
                            "Milliseconds that one attempt of the whole step with its checks may take.")
                    .like("60000");
    static final Key RETRIES =
            Key.of(
                            "retries",
                            new Shape.Whole(0, 1000),
                            "Further attempts after the first. Only for a step that is rolled back when it fails, or is `idempotent`.")
                    .or("0")
                    .like("3");
    static final Key PRE_CHECKS =
            Key.of(
                            "preChecks",
                            Shape.listOf(CHECK),
                            "Must hold before the step; when one fails, nothing was touched.")
                    .like(
                            "[ { description: no users yet, expression: \"to_regclass('users') IS NULL\" } ]");
    static final Key POST_CHECKS =
            Key.of(
                            "postChecks",
                            Shape.listOf(CHECK),
                            "Must hold after the step; when one fails, the step's transaction is rolled back.")
                    .like(
                            "[ { description: the table is there, expression: \"to_regclass('users') IS NOT NULL\" } ]");
    static final Key TRANSACTIONAL =
            Key.of(
                            "transactional",
                            Shape.FLAG,
                            "Whether the SQL of the step runs in one transaction; false is needed for what cannot, such as CREATE INDEX CONCURRENTLY.")
                    .or("true")
                    .like("false");
    static final Key IDEMPOTENT =
            Key.of(
                            "idempotent",
                            Shape.FLAG,
                            "Whether the step may run again although it was not rolled back.")
                    .or("false")
                    .like("true");
    static final Key STEP_REQUIRES =
            Key.of(
                            "requires",
                            Shape.words("approval"),
                            "On a step it means the whole migration, as at the top of the file.")
                    .like("approval");
    static final Key STEP_BACKGROUND =
            Key.of(
                            "background",
                            Shape.FLAG,
                            "On a step it means the whole migration, as at the top of the file; every step of `up` must say it.")
                    .or("false")
                    .like("true");

    static final Key SQL =
            Key.of("sql", Shape.TEMPLATE, "The statements that change the schema.")
                    .mandatory()
                    .like("CREATE TABLE users (id bigint PRIMARY KEY)");
    static final Key ASSERTION =
            Key.of(
                            "assertion",
                            Shape.TEMPLATE,
                            "An SQL expression, or a query of one row and one column, that gives true. NULL, no row or several rows fail the migration.")
                    .mandatory()
                    .like("SELECT count(*) = 0 FROM users WHERE email IS NULL");

    static final Key TABLE =
            Key.of("table", Shape.TEMPLATE, "The table whose rows the batches are chosen from.")
                    .mandatory()
                    .like("public.users");
    static final Key BATCH_KEY =
            Key.of(
                            "key",
                            Shape.Either.of(Shape.TEMPLATE, TEXTS),
                            "The columns of a unique key that is never NULL, in its order.")
                    .mandatory()
                    .like("id", "[ tenant, id ]");
    static final Key STATEMENT =
            Key.of(
                            "statement",
                            Shape.TEMPLATE,
                            "One UPDATE, INSERT or DELETE; `:batch` stands for the condition that chooses a batch's rows.")
                    .mandatory()
                    .like("UPDATE users SET email = lower(email) WHERE :batch");
    static final Key WHERE =
            Key.of("where", Shape.TEMPLATE, "Which rows are meant at all.")
                    .orElse("all rows")
                    .like("email <> lower(email)");
    static final Key BATCH =
            Key.of("batch", new Shape.Whole(1, 1_000_000), "Rows a transaction.")
                    .or("1000")
                    .like("5000");
    static final Key PAUSE =
            Key.of("pause", Shape.SPAN, "How long to wait between two batches.")
                    .or("0")
                    .like("100ms");
    static final Shape.Struct BACKFILL =
            Shape.Struct.of(
                    "backfill",
                    "Changes many rows in batches by a key, each in a transaction with its checkpoint.",
                    List.of(TABLE, BATCH_KEY, STATEMENT, WHERE, BATCH, PAUSE));

    static final Key SCRIPT_SQL =
            Key.of("sql", Shape.TEMPLATE, "Statements.").like("UPDATE users SET active = true");
    static final Key SCRIPT_FILE =
            Key.of(
                            "file",
                            Shape.TEMPLATE,
                            "A file of SQL beside the spec, inside its folder; read when the spec is loaded.")
                    .like("scripts/users.sql");
    static final Key SCRIPT_URL =
            Key.of(
                            "url",
                            Shape.text(URL_FORM),
                            "A file of SQL elsewhere; `sha256` says what it must be.")
                    .like("https://example.com/users.sql");
    static final Key SCRIPT_SHA256 =
            Key.of(
                            "sha256",
                            Shape.text(DIGEST_FORM),
                            "The digest of the file at `url`, which is refused when it has another.")
                    .like("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    static final Key SCRIPT_EXEC =
            Key.of(
                            "exec",
                            Shape.Either.of(Shape.TEMPLATE, TEXTS),
                            "A program and its arguments, run in the spec's folder with the database in `DATABASE_URL` and the `PG*` variables. A text is split at white space.")
                    .like("[ ./import.sh, --all ]");
    static final Key SCRIPT_BACKFILL =
            Key.of("backfill", BACKFILL, "Many rows in batches.")
                    .like(
                            "{ table: users, key: id, statement: \"UPDATE users SET a = 1 WHERE :batch\" }");
    static final Key SCRIPT_INSTRUCTIONS =
            Key.of(
                            "instructions",
                            Shape.TEMPLATE,
                            "Work for a person; the migration waits until somebody says that it is done.")
                    .like("Move the files to the new bucket");
    static final List<Key> FORMS =
            List.of(
                    SCRIPT_SQL,
                    SCRIPT_FILE,
                    SCRIPT_URL,
                    SCRIPT_EXEC,
                    SCRIPT_BACKFILL,
                    SCRIPT_INSTRUCTIONS);
    static final Shape.Struct SCRIPT_STRUCT =
            Shape.Struct.of(
                    "script",
                    "What a data step runs.",
                    List.of(
                            SCRIPT_SQL,
                            SCRIPT_FILE,
                            SCRIPT_URL,
                            SCRIPT_SHA256,
                            SCRIPT_EXEC,
                            SCRIPT_BACKFILL,
                            SCRIPT_INSTRUCTIONS),
                    List.of(FORMS.stream().map(Key::name).toList()));
    static final Key SCRIPT =
            Key.of(
                            "script",
                            Shape.Either.of(Shape.TEMPLATE, SCRIPT_STRUCT),
                            "What runs. A text alone is SQL when it begins as a statement does, and a file when it names one.")
                    .mandatory()
                    .like("{ file: scripts/users.sql }", "UPDATE users SET active = true");

    static final Shape.Struct SCHEMA_STEP =
            step("schema", "Changes the schema.", List.of(SQL, TRANSACTIONAL));
    static final Shape.Struct DATA_STEP =
            step("data", "Changes data.", List.of(SCRIPT, TRANSACTIONAL));
    static final Shape.Struct VALIDATION_STEP =
            step(
                    "validation",
                    "Asks whether something holds; the migration fails when it does not.",
                    List.of(ASSERTION));
    static final List<Shape.Struct> STEPS = List.of(SCHEMA_STEP, DATA_STEP, VALIDATION_STEP);

    /// The shape of a whole file.
    public static final Shape.Struct FILE =
            file(Shape.Either.of(SCHEMA_STEP, DATA_STEP, VALIDATION_STEP));

    /// The shape of a file with its steps left open; they are checked by their kind.
    static final Shape.Struct FRAME = file(Shape.ANYTHING);

    static final Key REQUIRES = keyOf(FILE, "requires");
    static final Key BACKGROUND = keyOf(FILE, "background");
    static final Key DEPENDENCIES = keyOf(FILE, "dependencies");
    static final Key META = keyOf(FILE, "meta");
    static final Key PLAN = keyOf(FILE, "plan");
    static final Key UP = keyOf((Shape.Struct) PLAN.shape(), "up");
    static final Key DOWN = keyOf((Shape.Struct) PLAN.shape(), "down");
    static final Key FALLBACK = keyOf((Shape.Struct) PLAN.shape(), "fallback");

    private SpecKeys() {}

    /// A key of a struct that has it.
    static Key keyOf(Shape.Struct struct, String name) {
        var key = struct.keys().get(name);
        if (key == null) {
            throw new IllegalArgumentException(struct.name() + " has no key " + name);
        }
        return key;
    }

    private static Shape.Struct step(String kind, String about, List<Key> own) {
        var keys = new java.util.ArrayList<Key>();
        keys.add(
                Key.of("kind", Shape.words(kind), "What sort of step it is.")
                        .mandatory()
                        .like(kind));
        keys.addAll(own);
        keys.addAll(List.of(DESCRIPTION, TIMEOUT, RETRIES, PRE_CHECKS, POST_CHECKS));
        keys.addAll(List.of(IDEMPOTENT, STEP_REQUIRES, STEP_BACKGROUND));
        return Shape.Struct.of(kind + "Step", about, keys);
    }

    private static Shape.Struct file(Shape step) {
        return Shape.Struct.of(
                "migration",
                "A migration of a database.",
                List.of(
                        Key.of("meta", META_STRUCT, "Which migration it is, and whose.")
                                .mandatory()
                                .like("{ name: core.db.2025_01_add_users, version: 1.0.0 }"),
                        Key.of("plan", plan(step), "What it does.")
                                .mandatory()
                                .like(
                                        "{ up: [ { kind: schema, sql: CREATE TABLE users (id bigint) } ] }"),
                        Key.of(
                                        "dependencies",
                                        TEXTS,
                                        "Keys of migrations that must have run before, of any owner; `key@>=2` for a version at least.")
                                .like(
                                        "[ core.db.2024_12_base, \"billing.sql.7\", \"core.db.2025_01_roles@>=2\" ]"),
                        Key.of(
                                        "requires",
                                        Shape.words("approval"),
                                        "Waits until the plan with it has been approved.")
                                .like("approval"),
                        Key.of(
                                        "background",
                                        Shape.FLAG,
                                        "Whether a deploy goes on without waiting for its end.")
                                .or("false")
                                .like("true")));
    }

    private static Shape.Struct plan(Shape step) {
        return Shape.Struct.of(
                "plan",
                "The steps there and back.",
                List.of(
                        Key.of("up", Shape.listOf(step), "The steps, in their order; at least one.")
                                .mandatory()
                                .like("[ { kind: schema, sql: CREATE TABLE users (id bigint) } ]"),
                        Key.of("down", Shape.listOf(step), "The steps that undo it.")
                                .like("[ { kind: schema, sql: DROP TABLE users } ]"),
                        Key.of(
                                        "fallback",
                                        Shape.TEMPLATE,
                                        "What a person does where there is no `down`.")
                                .like("Restore users from last night's backup")));
    }
}
