package dev.fairlead.migrate.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.Json;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.migrate.model.Dependency;
import dev.fairlead.migrate.model.Meta;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Specs as they are published, and with what Fairlead adds.
class SpecReaderTest {
    private static final String PUBLISHED =
            """
            meta:
              name: core.db.2025_01_add_users
              version: 1.0.0
              title: Add users
              description: The table that sign-in needs
              domain: identity
              owners: ["@platform.core", "@team.identity"]
              tags: [users, schema]
              stability: in_creation
              docId: docs.migrations.users
            plan:
              up:
                - kind: schema
                  description: create the table
                  sql: |
                    CREATE TABLE users (
                      id bigint PRIMARY KEY,
                      email text
                    );
                    CREATE INDEX ON users (email);
                  timeoutMs: 60000
                  retries: 3
                  preChecks:
                    - description: not there yet
                      expression: to_regclass('users') IS NULL
                  postChecks:
                    - description: there
                      expression: SELECT to_regclass('users') IS NOT NULL
                - kind: data
                  script: INSERT INTO users VALUES (1, 'a@example.com')
                - kind: validation
                  assertion: SELECT count(*) = 1 FROM users
              down:
                - kind: schema
                  sql: DROP TABLE users
            dependencies:
              - core.db.2024_12_base
              - billing.sql.7
            """;

    @TempDir private Path folder;

    @Test
    @Covers({"SPEC-01", "SPEC-02", "SPEC-03", "SPEC-06"})
    void thePublishedShapeLoadsUnchanged() {
        var migration = Specs.good(PUBLISHED, folder);
        assertThat(migration.id()).isEqualTo("core.db.2025_01_add_users@1.0.0");
        assertThat(migration.meta().owners()).containsExactly("@platform.core", "@team.identity");
        assertThat(migration.meta().tags()).containsExactly("users", "schema");
        assertThat(migration.meta().stability()).contains(Meta.Stability.IN_CREATION);
        assertThat(migration.meta().title()).contains("Add users");
        assertThat(migration.meta().description()).contains("The table that sign-in needs");
        assertThat(migration.meta().domain()).contains("identity");
        assertThat(migration.meta().docId()).contains("docs.migrations.users");
        assertThat(migration.up())
                .extracting(Step::kind)
                .containsExactly("schema", "data", "validation");
        assertThat(migration.down()).hasSize(1);
        assertThat(migration.dependencies())
                .extracting(Dependency::toString)
                .containsExactly("core.db.2024_12_base", "billing.sql.7");
        var schema = (Step.Schema) migration.up().getFirst();
        assertThat(schema.sql().statements()).hasSize(2);
        assertThat(schema.transactional()).isTrue();
        assertThat(schema.header().timeout()).contains(Duration.ofMinutes(1));
        assertThat(schema.header().retries()).isEqualTo(3);
        assertThat(schema.header().preChecks())
                .singleElement()
                .satisfies(check -> assertThat(check.description()).isEqualTo("not there yet"));
        assertThat(schema.header().postChecks()).hasSize(1);
        assertThat(migration.approval()).isFalse();
        assertThat(migration.background()).isFalse();
        assertThat(migration.number()).isEmpty();
    }

    @Test
    @Covers("SPEC-01")
    void asJsonItIsTheSameMigration() {
        var tree =
                YamlReader.read(new Source("x", PUBLISHED), new Problems()).orElseThrow().plain();
        var yaml = Specs.good(PUBLISHED, folder);
        for (var text : new String[] {Json.compact(tree), Json.pretty(tree)}) {
            var json = Specs.good("a.migration.json", text, folder);
            assertThat(shown(json)).isEqualTo(shown(yaml));
        }
    }

    /// A migration without its places.
    private static String shown(Migration migration) {
        var out = new StringBuilder(migration.id() + migration.meta() + migration.dependencies());
        for (var step : migration.up()) {
            out.append(step.kind()).append(step.header().timeout()).append(step.header().retries());
            var sql =
                    switch (step) {
                        case Step.Schema schema -> schema.sql();
                        case Step.Validation validation -> validation.assertion();
                        case Step.Data data -> ((Script.Inline) data.script()).sql();
                    };
            sql.statements().forEach(statement -> out.append(statement.text()));
        }
        return out.toString();
    }

    @Test
    void statementsOfABlockStandWhereTheFileHasThem() {
        var migration =
                Specs.good(
                        Specs.step(
                                """
                                kind: schema
                                sql: |
                                  CREATE TABLE a (id int);

                                    DROP TABLE b; -- gone
                                  DROP TABLE c
                                """),
                        folder);
        var statements = ((Step.Schema) migration.up().getFirst()).sql().statements();
        int first = statements.getFirst().place().line();
        assertThat(statements)
                .extracting(statement ->
                        "%d:%d"
                                .formatted(
                                        statement.place().line() - first,
                                        statement.place().column()))
                .containsExactly("0:9", "2:11", "3:9");
        // What is shown under a message is the file's own line.
        var place = statements.get(1).place();
        assertThat(place.source().line(place.line())).isEqualTo("          DROP TABLE b; -- gone");
    }

    @Test
    void placesPointIntoTheFile() {
        var migration = Specs.good(PUBLISHED, folder);
        assertThat(migration.place()).hasToString("a.migration.yaml:2:9");
        var schema = (Step.Schema) migration.up().getFirst();
        assertThat(schema.header().place()).hasToString("a.migration.yaml:13:7");
        assertThat(schema.sql().statements())
                .extracting(statement -> statement.place().line())
                .containsExactly(16, 20);
        var down = (Step.Schema) migration.down().getFirst();
        assertThat(down.sql().statements().getFirst().place())
                .hasToString("a.migration.yaml:35:12");
        var data = (Step.Data) migration.up().get(1);
        assertThat(((Script.Inline) data.script()).sql().statements().getFirst().text())
                .isEqualTo("INSERT INTO users VALUES (1, 'a@example.com')");
    }

    @Test
    @Covers("SPEC-01")
    void theLeastIsAKeyAVersionAndAStep() {
        var migration =
                Specs.good(
                        "meta: { key: x, version: 2 }\nplan: { up: [ { kind: validation, assertion: true } ] }\n",
                        folder);
        assertThat(migration.id()).isEqualTo("x@2.0.0");
        assertThat(migration.meta()).isEqualTo(Meta.NONE);
        assertThat(migration.down()).isEmpty();
        assertThat(migration.fallback()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1.0.0",
        "1.0, 1.0.0",
        "'\"1.0.0\"', 1.0.0",
        "1.10, 1.10.0",
        "0.1, 0.1.0",
        "v2, 2.0.0",
        "1.2.3-beta.1, 1.2.3-beta.1",
        "10, 10.0.0"
    })
    void aVersionIsReadAsItIsWritten(String written, String version) {
        var text =
                "meta: { name: a.b, version: "
                        + written
                        + " }\nplan: { up: [ { kind: schema, sql: SELECT 1 } ] }\n";
        assertThat(Specs.good(text, folder).version()).hasToString(version);
    }

    @Test
    @Covers({"SPEC-04", "SPEC-07"})
    void whatFairleadAddsIsRead() {
        var migration =
                Specs.good(
                        Specs.META
                                + """
                                plan:
                                  up:
                                    - kind: schema
                                      sql: CREATE INDEX CONCURRENTLY i ON users (email)
                                      transactional: false
                                      idempotent: true
                                      retries: 2
                                  fallback: drop the index by hand
                                dependencies: [ "core.db.roles@>=2", "core.db.base@>=1.4.0-rc.1" ]
                                requires: approval
                                background: true
                                """,
                        folder);
        var step = (Step.Schema) migration.up().getFirst();
        assertThat(step.transactional()).isFalse();
        assertThat(step.header().idempotent()).isTrue();
        assertThat(migration.fallback()).contains("drop the index by hand");
        assertThat(migration.approval()).isTrue();
        assertThat(migration.background()).isTrue();
        assertThat(migration.dependencies())
                .extracting(Dependency::toString)
                .containsExactly("core.db.roles@>=2.0.0", "core.db.base@>=1.4.0-rc.1");
    }

    @Test
    void approvalAndBackgroundOfAStepAreThoseOfItsMigration() {
        var one =
                Specs.good(
                        Specs.step(
                                "kind: schema\nsql: SELECT 1\nrequires: approval\nbackground: true"),
                        folder);
        assertThat(one.approval()).isTrue();
        assertThat(one.background()).isTrue();
        var two =
                Specs.step("kind: schema\nsql: SELECT 1\nbackground: true")
                        + "    - { kind: schema, sql: SELECT 2 }\n";
        assertThat(Specs.errors(two, folder))
                .singleElement()
                .asString()
                .startsWith("SPEC_BACKGROUND 6:7");
    }

    @Test
    void bracesAreNothingSpecial() {
        var migration =
                Specs.good(
                        Specs.step(
                                "kind: schema\ndescription: \"{{ x }}\"\nsql: \"SELECT '{{1,2},{3,4}}'::int[]\""),
                        folder);
        assertThat(((Step.Schema) migration.up().getFirst()).sql().statements().getFirst().text())
                .isEqualTo("SELECT '{{1,2},{3,4}}'::int[]");
    }

    @Test
    @Covers("SPEC-02")
    void whatCannotRunInATransactionMustSaySo() {
        assertThat(
                        Specs.errors(
                                Specs.step(
                                        "kind: schema\nsql: |\n  CREATE TABLE a (b int);\n  CREATE INDEX CONCURRENTLY i ON a (b);"),
                                folder))
                .containsExactly(
                        "SPEC_NEEDS_TRANSACTIONAL_FALSE 7:9 CREATE INDEX CONCURRENTLY cannot run in the transaction of its step; say transactional: false in the step");
        assertThat(
                        Specs.errors(
                                Specs.step(
                                        "kind: data\nscript: { sql: \"BEGIN; SELECT 1; COMMIT\" }"),
                                folder))
                .hasSize(2)
                .allMatch(error -> error.contains("remove it: the step is a transaction"));
        for (var step :
                new String[] {
                    "kind: schema\nsql: VACUUM a\ntransactional: false",
                    "kind: data\nscript: VACUUM a\ntransactional: false",
                    "kind: schema\nsql: CALL work()",
                }) {
            assertThat(Specs.good(Specs.step(step), folder)).isNotNull();
        }
    }

    private Script script(String step) {
        return ((Step.Data) Specs.good(Specs.step(step), folder).up().getFirst()).script();
    }

    @Test
    @Covers("SPEC-08")
    void everyFormOfAScriptIsRead() throws IOException {
        Files.createDirectories(folder.resolve("scripts"));
        Files.writeString(
                folder.resolve("scripts/a.sql"),
                "-- fill\nUPDATE a SET b = 1;\nUPDATE a SET c = 2;\n");
        Files.writeString(folder.resolve("run.sh"), "exit 0\n");
        var sha = "AB".repeat(32);
        assertThat(script("kind: data\nscript: { sql: UPDATE a SET b = 1 }"))
                .isInstanceOfSatisfying(
                        Script.Inline.class, inline -> assertThat(inline.transactional()).isTrue());
        assertThat(script("kind: data\nscript: { file: scripts/a.sql }\ntransactional: false"))
                .isInstanceOfSatisfying(
                        Script.File.class,
                        file -> {
                            assertThat(file.path()).isEqualTo(Path.of("scripts/a.sql"));
                            assertThat(file.sql().statements()).hasSize(2);
                            assertThat(file.sql().statements().get(1).place())
                                    .hasToString("scripts/a.sql:3:1");
                            assertThat(file.transactional()).isFalse();
                        });
        assertThat(
                        script(
                                "kind: data\nscript: { url: \"https://example.com/a.sql\", sha256: "
                                        + sha
                                        + " }"))
                .isEqualTo(new Script.Url("https://example.com/a.sql", "ab".repeat(32), true));
        assertThat(script("kind: data\nscript: { exec: [ ./run.sh, \"a b\" ] }"))
                .isInstanceOfSatisfying(
                        Script.Exec.class,
                        exec -> assertThat(exec.command()).containsExactly("./run.sh", "a b"));
        assertThat(script("kind: data\nscript: { exec: psql -f scripts/a.sql }"))
                .isInstanceOfSatisfying(
                        Script.Exec.class,
                        exec ->
                                assertThat(exec.command())
                                        .containsExactly("psql", "-f", "scripts/a.sql"));
        assertThat(script("kind: data\nscript: { instructions: \"move the files\" }"))
                .isEqualTo(new Script.Instructions("move the files"));
    }

    @Test
    @Covers("SPEC-08")
    void aBackfillIsRead() {
        assertThat(
                        script(
                                """
                                kind: data
                                script:
                                  backfill:
                                    table: public."Users"
                                    key: [ tenant, id ]
                                    statement: UPDATE public."Users" SET a = 1 WHERE :batch AND b IS NULL
                                    where: b IS NULL
                                    batch: 500
                                    pause: 100ms
                                """))
                .isInstanceOfSatisfying(
                        Script.Backfill.class,
                        backfill -> {
                            assertThat(backfill.table()).isEqualTo("public.\"Users\"");
                            assertThat(backfill.key()).containsExactly("tenant", "id");
                            assertThat(backfill.where()).contains("b IS NULL");
                            assertThat(backfill.batch()).isEqualTo(500);
                            assertThat(backfill.pause()).isEqualTo(Duration.ofMillis(100));
                        });
        assertThat(
                        script(
                                "kind: data\nretries: 3\nscript: { backfill: { table: a, key: id, statement: DELETE FROM a WHERE :batch } }"))
                .isInstanceOfSatisfying(
                        Script.Backfill.class,
                        backfill -> {
                            assertThat(backfill.key()).containsExactly("id");
                            assertThat(backfill.batch()).isEqualTo(1000);
                            assertThat(backfill.pause()).isEqualTo(Duration.ZERO);
                            assertThat(backfill.where()).isEmpty();
                        });
    }

    @Test
    void aChangedProgramIsNoticed() throws IOException {
        Files.writeString(folder.resolve("run.sh"), "exit 0\n");
        var step = "kind: data\nscript: { exec: [ sh, run.sh ] }";
        var before = ((Script.Exec) script(step)).digest();
        assertThat(((Script.Exec) script(step)).digest()).isEqualTo(before);
        Files.writeString(folder.resolve("run.sh"), "exit 1\n");
        assertThat(((Script.Exec) script(step)).digest()).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE a SET b = 1",
                "-- first\\n  insert into a values (1);",
                "(SELECT 1)",
                "/* x */ WITH a AS (SELECT 1) DELETE FROM b",
                "DO $$ BEGIN NULL; END $$",
                "VACUUM",
            })
    @Covers("SPEC-08")
    void aTextAloneIsSqlWhenItBeginsAsAStatement(String text) {
        var transactional = text.equals("VACUUM") ? "\ntransactional: false" : "";
        assertThat(script("kind: data\nscript: \"" + text + "\"" + transactional))
                .isInstanceOf(Script.Inline.class);
    }

    @Test
    @Covers("SPEC-08")
    void aTextAloneIsAFileWhenItNamesOne() throws IOException {
        Files.writeString(folder.resolve("fill.sql"), "UPDATE a SET b = 1");
        Files.writeString(folder.resolve("update.sql"), "UPDATE a SET b = 2");
        Files.writeString(folder.resolve("fill all.sql"), "UPDATE a SET b = 3");
        for (var name : new String[] {"fill.sql", "./fill.sql", "update.sql", "fill all.sql"}) {
            assertThat(script("kind: data\nscript: " + name)).isInstanceOf(Script.File.class);
        }
        assertThat(Specs.errors(Specs.step("kind: data\nscript: fil.sql"), folder))
                .containsExactly(
                        "SPEC_SCRIPT 5:15 script is neither SQL nor the name of a file beside the spec: \"fil.sql\"; did you mean \"fill.sql\"?");
        assertThat(Specs.errors(Specs.step("kind: data\nscript: ask the team"), folder))
                .singleElement()
                .asString()
                .contains("instructions for a person");
        assertThat(
                        Specs.errors(
                                Specs.step("kind: data\nscript: https://example.com/a.sql"),
                                folder))
                .singleElement()
                .asString()
                .contains("script: { url: …, sha256: … }");
    }

    @Test
    void aSpecOfCodeIsTheSameAsThatOfAFile() {
        var built =
                Spec.of("core.db.2025_01_add_users", "1")
                        .title("Add users")
                        .description("d")
                        .domain("identity")
                        .owners("@platform.core")
                        .tags("users")
                        .stability(Meta.Stability.STABLE)
                        .docId("doc")
                        .up(
                                SpecStep.schema("CREATE TABLE users (id int)")
                                        .description("create")
                                        .timeout(Duration.ofSeconds(5))
                                        .retries(1)
                                        .before("not there", "to_regclass('users') IS NULL")
                                        .before("nor that", "true")
                                        .after("there", "true"),
                                SpecStep.schema("VACUUM users").outsideTransaction(),
                                SpecStep.data("UPDATE users SET id = 1").idempotent(),
                                SpecStep.url("https://example.com/a.sql", "0".repeat(64)),
                                SpecStep.exec("psql", "--version"),
                                SpecStep.backfill(
                                        "users",
                                        java.util.List.of("id"),
                                        "UPDATE users SET id = 2 WHERE :batch"),
                                SpecStep.instructions("look"),
                                SpecStep.validation("true"))
                        .down(SpecStep.schema("DROP TABLE users"))
                        .fallback("f")
                        .dependsOn("core.db.base@>=2")
                        .requiresApproval()
                        .inBackground()
                        .build(folder);
        assertThat(built.id()).isEqualTo("core.db.2025_01_add_users@1.0.0");
        assertThat(built.up()).hasSize(8);
        assertThat(built.up().getFirst().header().preChecks()).hasSize(2);
        assertThat(built.approval() && built.background()).isTrue();
        assertThat(built.meta().stability()).contains(Meta.Stability.STABLE);
        assertThat(Objects.requireNonNull(built.fallback().orElse(null))).isEqualTo("f");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> Spec.of("a b", "x").up().build(folder))
                .hasMessageContaining("SPEC_VERSION")
                .hasMessageContaining("SPEC_NO_STEP")
                .hasMessageContaining("WRONG_VALUE");
    }
}
