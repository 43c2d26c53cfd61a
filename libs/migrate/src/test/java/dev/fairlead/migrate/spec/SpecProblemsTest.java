package dev.fairlead.migrate.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.typed.Shape;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong in a spec is said with its place, and all of it at once.
class SpecProblemsTest {
    /// Of each key: a spec that has it wrong, and how the error begins.
    private record Case(String key, String spec, String error) {}

    private static final String UP = "plan: { up: [ { kind: schema, sql: SELECT 1 } ] }\n";

    private static final List<Case> CASES =
            List.of(
                    new Case(
                            "migration.meta",
                            UP,
                            "MISSING_KEY 1:1 the spec needs the key \"meta\""),
                    new Case(
                            "migration.plan",
                            Specs.META,
                            "MISSING_KEY 1:1 the spec needs the key \"plan\""),
                    new Case(
                            "migration.dependencies",
                            Specs.META + UP + "dependencies: [ \"a b\" ]",
                            "SPEC_DEPENDENCY 3:17 the dependency \"a b\" is not a migration's key"),
                    new Case(
                            "migration.requires",
                            Specs.META + UP + "requires: aproval",
                            "WRONG_VALUE 3:11 \"requires\" must be \"approval\", not \"aproval\"; did you mean \"approval\"?"),
                    new Case(
                            "migration.background",
                            Specs.META + UP + "background: yes",
                            "WRONG_VALUE 3:13 \"background\" must be true or false, not \"yes\"; write true"),
                    new Case(
                            "meta.name",
                            "meta: { name: a/b, version: 1 }\n" + UP,
                            "WRONG_VALUE 1:15 \"name\" must be a name such as"),
                    new Case(
                            "meta.key",
                            "meta: { name: a.b, key: a.c, version: 1 }\n" + UP,
                            "SPEC_NAME 1:25 key is \"a.c\", and name is \"a.b\""),
                    new Case(
                            "meta.version",
                            "meta: { name: a.b, version: one }\n" + UP,
                            "SPEC_VERSION 1:29 \"one\" is not a version"),
                    meta(
                            "title",
                            "title: [ a ]",
                            "WRONG_TYPE 1:39 \"title\" must be a text, not a list"),
                    meta(
                            "description",
                            "description: {}",
                            "WRONG_TYPE 1:45 \"description\" must be a text"),
                    meta("domain", "domain: []", "WRONG_TYPE 1:40 \"domain\" must be a text"),
                    meta(
                            "owners",
                            "owners: me",
                            "WRONG_TYPE 1:40 \"owners\" must be a list, not \"me\"; write [ me ]"),
                    meta("tags", "tags: { a: b }", "WRONG_TYPE 1:38 \"tags\" must be a list"),
                    meta(
                            "stability",
                            "stability: stabel",
                            "WRONG_VALUE 1:43 \"stability\" must be one of idea, in_creation, experimental, beta, stable, deprecated, not \"stabel\"; did you mean \"stable\"?"),
                    meta("docId", "docId: []", "WRONG_TYPE 1:39 \"docId\" must be a text"),
                    new Case(
                            "plan.up",
                            Specs.META + "plan: { up: [] }\n",
                            "SPEC_NO_STEP 2:13 plan.up is empty"),
                    new Case(
                            "plan.down",
                            Specs.META
                                    + "plan: { up: [ { kind: schema, sql: SELECT 1 } ], down: none }\n",
                            "WRONG_TYPE 2:56 \"down\" must be a list"),
                    new Case(
                            "plan.fallback",
                            Specs.META
                                    + "plan: { up: [ { kind: schema, sql: SELECT 1 } ], fallback: [] }\n",
                            "WRONG_TYPE 2:60 \"fallback\" must be a text"),
                    step(
                            "schemaStep.kind",
                            "kind: scheme\nsql: SELECT 1",
                            "WRONG_VALUE 4:13 \"kind\" must be one of schema, data, validation, not \"scheme\"; did you mean \"schema\"?"),
                    step(
                            "schemaStep.sql",
                            "kind: schema",
                            "MISSING_KEY 4:7 step needs the key \"sql\""),
                    step(
                            "schemaStep.transactional",
                            "kind: schema\nsql: SELECT 1\ntransactional: no",
                            "WRONG_VALUE 6:22 \"transactional\" must be true or false, not \"no\"; write false"),
                    step(
                            "schemaStep.description",
                            "kind: schema\nsql: SELECT 1\ndescription: []",
                            "WRONG_TYPE 6:20"),
                    step(
                            "schemaStep.timeoutMs",
                            "kind: schema\nsql: SELECT 1\ntimeoutMs: 0",
                            "WRONG_VALUE 6:18 \"timeoutMs\" must be a whole number from 1 to 2147483647, not \"0\""),
                    step(
                            "schemaStep.retries",
                            "kind: schema\nsql: SELECT 1\nretries: -1",
                            "WRONG_VALUE 6:16 \"retries\" must be a whole number from 0 to 1000, not \"-1\""),
                    step(
                            "schemaStep.preChecks",
                            "kind: schema\nsql: SELECT 1\npreChecks: [ { description: d } ]",
                            "MISSING_KEY 6:20 preChecks needs the key \"expression\""),
                    step(
                            "schemaStep.postChecks",
                            "kind: schema\nsql: SELECT 1\npostChecks: true",
                            "WRONG_TYPE 6:19 \"postChecks\" must be a list"),
                    step(
                            "schemaStep.idempotent",
                            "kind: schema\nsql: SELECT 1\nidempotent: 1",
                            "WRONG_VALUE 6:19 \"idempotent\" must be true or false"),
                    step(
                            "schemaStep.requires",
                            "kind: schema\nsql: SELECT 1\nrequires: x",
                            "WRONG_VALUE 6:17 \"requires\" must be \"approval\""),
                    step(
                            "schemaStep.background",
                            "kind: schema\nsql: SELECT 1\nbackground: 1",
                            "WRONG_VALUE 6:19 \"background\" must be true or false"),
                    step(
                            "check.description",
                            "kind: schema\nsql: SELECT 1\npreChecks: [ { expression: true } ]",
                            "MISSING_KEY 6:20 preChecks needs the key \"description\""),
                    step(
                            "check.expression",
                            "kind: schema\nsql: SELECT 1\npreChecks: [ { description: d, expression: SELECT 1; SELECT 2 } ]",
                            "SPEC_SQL 6:60 the expression has 2 statements, and may have one"),
                    step(
                            "validationStep.kind",
                            "assertion: true",
                            "SPEC_WRONG_KIND 4:7 step needs the key \"kind\": one of schema, data, validation; with \"assertion\" it is of kind: validation"),
                    step(
                            "validationStep.assertion",
                            "kind: validation\nassertion: '-- nothing'",
                            "SPEC_SQL 5:18 the assertion has no SQL statement"),
                    step(
                            "dataStep.kind",
                            "kind: data\nsql: SELECT 1",
                            "MISSING_KEY 4:7 step needs the key \"script\""),
                    step(
                            "dataStep.script",
                            "kind: data\nscript: {}",
                            "SPEC_SCRIPT 5:15 script needs one of sql, file, url, exec, backfill, instructions"),
                    step(
                            "script.sql",
                            "kind: data\nscript: { sql: ' ' }",
                            "SPEC_SQL 5:22 script has no SQL statement"),
                    step(
                            "script.file",
                            "kind: data\nscript: { file: ../x.sql }",
                            "OUTSIDE_FOLDER 5:23 the file \"../x.sql\" lies outside"),
                    step(
                            "script.url",
                            "kind: data\nscript: { url: \"ftp://x\", sha256: "
                                    + "a".repeat(64)
                                    + " }",
                            "WRONG_VALUE 5:22 \"url\" must be an address that begins with https://"),
                    step(
                            "script.sha256",
                            "kind: data\nscript: { url: \"https://x\", sha256: abc }",
                            "WRONG_VALUE 5:43 \"sha256\" must be a SHA-256 digest"),
                    step(
                            "script.exec",
                            "kind: data\nscript: { exec: [] }",
                            "SPEC_SCRIPT 5:17 exec names no program"),
                    step(
                            "script.instructions",
                            "kind: data\nscript: { instructions: ' ' }",
                            "SPEC_SCRIPT 5:31 instructions say nothing"),
                    step(
                            "script.backfill",
                            "kind: data\nscript: { backfill: all }",
                            "WRONG_TYPE 5:27 \"backfill\" must be a map"),
                    backfill(
                            "table",
                            "table: a b, key: id, statement: UPDATE a SET b = 1 WHERE :batch",
                            "SPEC_BACKFILL 5:36 the table is not a name: \"a b\""),
                    backfill(
                            "key",
                            "table: a, key: [], statement: UPDATE a SET b = 1 WHERE :batch",
                            "SPEC_BACKFILL 5:39 the key of a backfill has no column"),
                    backfill(
                            "statement",
                            "table: a, key: id, statement: UPDATE a SET b = 1",
                            "SPEC_BACKFILL 5:59 the statement has no :batch"),
                    backfill(
                            "where",
                            "table: a, key: id, statement: UPDATE a SET b = 1 WHERE :batch, where: \"b = 'x\"",
                            "SQL_UNTERMINATED_STRING 5:104"),
                    backfill(
                            "batch",
                            "table: a, key: id, statement: UPDATE a SET b = 1 WHERE :batch, batch: 0",
                            "WRONG_VALUE 5:99 \"batch\" must be a whole number from 1"),
                    backfill(
                            "pause",
                            "table: a, key: id, statement: UPDATE a SET b = 1 WHERE :batch, pause: 5",
                            "WRONG_VALUE 5:99 \"pause\" must be a duration such as 90s, 5m or 8h, not \"5\"; write the unit: 5s"));

    private static Case meta(String key, String written, String error) {
        return new Case(
                "meta." + key, "meta: { name: a.b, version: 1, " + written + " }\n" + UP, error);
    }

    private static Case step(String key, String written, String error) {
        return new Case(key, Specs.step(written), error);
    }

    private static Case backfill(String key, String written, String error) {
        return new Case(
                "backfill." + key,
                Specs.step("kind: data\nscript: { backfill: { " + written + " } }"),
                error);
    }

    @TempDir private Path folder;

    @TestFactory
    @Covers({"SPEC-01", "SPEC-02", "SPEC-03", "DEP-04"})
    Stream<DynamicTest> aWrongValueOfAKeyIsSaidWithItsPlace() {
        return CASES.stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.key(),
                                () ->
                                        assertThat(Specs.errors(one.spec(), folder))
                                                .anyMatch(said -> said.startsWith(one.error()))));
    }

    @Test
    void everyKeyHasAWrongCase() {
        var keys = new TreeSet<String>();
        collect(SpecKeys.FILE, keys);
        // Keys that all kinds of step have are shown wrong in a schema step.
        for (var struct : List.of("dataStep.", "validationStep.")) {
            keys.removeIf(key ->
                    key.startsWith(struct)
                            && keys.contains(key.replace(struct, "schemaStep."))
                            && !key.endsWith(".kind"));
        }
        assertThat(CASES.stream().map(Case::key).toList()).containsAll(keys);
    }

    private static void collect(Shape shape, Set<String> keys) {
        switch (shape) {
            case Shape.Struct struct ->
                    struct.keys()
                            .values()
                            .forEach(key -> {
                                if (keys.add(struct.name() + "." + key.name())) {
                                    collect(key.shape(), keys);
                                }
                            });
            case Shape.ListOf list -> collect(list.item(), keys);
            case Shape.Either either -> either.shapes().forEach(one -> collect(one, keys));
            default -> {
                // has no keys
            }
        }
    }

    @Test
    @Covers("DEP-04")
    void allProblemsOfAFileComeAtOnceInTheirOrder() {
        assertThat(
                        Specs.errors(
                                """
                                meta: { nme: a.b, version: 1+2 }
                                plan:
                                  up:
                                    - kind: schema
                                      sql: |
                                        CREATE TABLE a (
                                          b text DEFAULT 'open
                                        )
                                      timeoutms: 5
                                    - kind: data
                                      assertion: true
                                    - justText
                                dependecies: []
                                """,
                                folder))
                .containsExactly(
                        "SPEC_NAME 1:7 meta needs the key \"name\": "
                                + SpecKeys.NAME.shape().says()
                                + "; for example name: core.db.2025_01_add_users",
                        "UNKNOWN_KEY 1:9 unknown key \"nme\" in meta; did you mean \"name\"?",
                        "SPEC_VERSION 1:28 \"1+2\" is not a version such as 1, 1.2 or 1.2.3-beta.1; leave out the build metadata, from the + on",
                        "SQL_UNTERMINATED_STRING 7:26 this string never ends",
                        "UNKNOWN_KEY 9:7 unknown key \"timeoutms\" in step; did you mean \"timeoutMs\"?",
                        "MISSING_KEY 10:7 step needs the key \"script\": a text, or a map; for example script: { file: scripts/users.sql }",
                        "SPEC_WRONG_KIND 11:7 a step of kind \"data\" has no key \"assertion\"; a data step says what it does in \"script\"",
                        "WRONG_TYPE 12:7 \"step\" must be a map, not \"justText\"",
                        "UNKNOWN_KEY 13:1 unknown key \"dependecies\" in the spec; did you mean \"dependencies\"?");
    }

    @Test
    @Covers("SPEC-02")
    void retriesAreOnlyForWhatIsUndoneOrMayRunTwice() throws IOException {
        Files.writeString(folder.resolve("a.sql"), "SELECT 1");
        for (var refused :
                List.of(
                        "kind: schema\nsql: SELECT 1\ntransactional: false",
                        "kind: data\nscript: SELECT 1\ntransactional: false",
                        "kind: data\nscript: { file: a.sql }\ntransactional: false",
                        "kind: data\nscript: { exec: [ psql ] }",
                        "kind: data\nscript: { url: \"https://x\", sha256: "
                                + "a".repeat(64)
                                + " }\ntransactional: false")) {
            assertThat(Specs.errors(Specs.step(refused + "\nretries: 1"), folder))
                    .as(refused)
                    .singleElement()
                    .asString()
                    .startsWith("SPEC_RETRIES");
            assertThat(Specs.good(Specs.step(refused + "\nretries: 1\nidempotent: true"), folder))
                    .isNotNull();
            assertThat(Specs.good(Specs.step(refused + "\nretries: 0"), folder)).isNotNull();
        }
        for (var fine :
                List.of(
                        "kind: schema\nsql: SELECT 1",
                        "kind: data\nscript: SELECT 1",
                        "kind: validation\nassertion: true")) {
            assertThat(Specs.good(Specs.step(fine + "\nretries: 9"), folder)).isNotNull();
        }
        assertThat(
                        Specs.errors(
                                Specs.step(
                                        "kind: data\nscript: { instructions: wait }\nidempotent: true\nretries: 1"),
                                folder))
                .containsExactly("SPEC_RETRIES 7:7 a person's work is not tried again");
    }

    @Test
    void oneScriptHasOneForm() {
        assertThat(
                        Specs.errors(
                                Specs.step("kind: data\nscript: { sql: SELECT 1, exec: [ psql ] }"),
                                folder))
                .singleElement()
                .asString()
                .startsWith("WRONG_VALUE 5:32 script takes one of sql, file, url, exec");
        assertThat(Specs.errors(Specs.step("kind: data\nscript: { url: \"https://x\" }"), folder))
                .singleElement()
                .asString()
                .startsWith("SPEC_SCRIPT 5:17 a script at an address needs the key \"sha256\"");
        assertThat(
                        Specs.errors(
                                Specs.step("kind: data\nscript: { exec: \"cat a | psql\" }"),
                                folder))
                .singleElement()
                .asString()
                .contains("no shell reads this command");
        assertThat(
                        Specs.errors(
                                Specs.step(
                                        "kind: data\nscript: { exec: [ psql ] }\ntransactional: true"),
                                folder))
                .containsExactly(
                        "SPEC_TRANSACTIONAL 6:7 this script does not run in one transaction");
        assertThat(
                        Specs.errors(
                                Specs.step(
                                        "kind: data\nscript: { backfill: { table: a, key: id, statement: SELECT 1 } }"),
                                folder))
                .singleElement()
                .asString()
                .contains("is an UPDATE, an INSERT or a DELETE");
    }

    @Test
    void noPathAndNoLinkLeavesTheFolder(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("secret.sql"), "SELECT 'secret'");
        Files.createSymbolicLink(folder.resolve("link.sql"), elsewhere.resolve("secret.sql"));
        Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
        for (var path :
                List.of(
                        elsewhere.resolve("secret.sql").toString(),
                        "../" + elsewhere.getFileName() + "/secret.sql",
                        "link.sql",
                        "linked/secret.sql",
                        "a/../../x.sql")) {
            assertThat(
                            Specs.errors(
                                    Specs.step("kind: data\nscript: { file: " + path + " }"),
                                    folder))
                    .as(path)
                    .singleElement()
                    .asString()
                    .startsWith("OUTSIDE_FOLDER 5:23");
        }
        assertThat(Specs.errors(Specs.step("kind: data\nscript: { file: none.sql }"), folder))
                .containsExactly(
                        "FILE_UNREADABLE 5:23 the file \"none.sql\" cannot be used: there is no such file");
        assertThat(Specs.errors(Specs.step("kind: data\nscript: { exec: [ ../run.sh ] }"), folder))
                .singleElement()
                .asString()
                .startsWith("OUTSIDE_FOLDER 5:17");
        assertThat(Specs.errors(Specs.step("kind: data\nscript: { exec: [ ./run.sh ] }"), folder))
                .singleElement()
                .asString()
                .startsWith("FILE_UNREADABLE 5:17");
    }

    @Test
    void aFileThatIsNoSqlIsShownInTheFile() throws IOException {
        Files.writeString(folder.resolve("a.sql"), "SELECT 1;\nSELECT 'x;\n");
        Files.writeString(folder.resolve("b.sql"), "-- nothing\n");
        assertThat(Specs.errors(Specs.step("kind: data\nscript: a.sql"), folder))
                .singleElement()
                .asString()
                .startsWith("SQL_UNTERMINATED_STRING 2:8");
        assertThat(Specs.errors(Specs.step("kind: data\nscript: b.sql"), folder))
                .containsExactly("SPEC_SQL 1:1 the script's file has no SQL statement");
    }

    @Test
    void anEmptyFileAndOneThatIsNoMapAreErrors() {
        assertThat(Specs.errors("", folder))
                .containsExactly("SPEC_NO_STEP 1:1 there is nothing in this file");
        assertThat(Specs.errors("- a\n", folder))
                .containsExactly("WRONG_TYPE 1:1 \"the spec\" must be a map, not a list");
        assertThat(Specs.errors("a: [\n", folder))
                .singleElement()
                .asString()
                .startsWith("YAML_SYNTAX");
        assertThat(Specs.errors(Specs.META + "meta: {}\n" + UP, folder))
                .anyMatch(said -> said.startsWith("YAML_DUPLICATE_KEY"));
    }
}
