package dev.fairlead.migrate.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.MigrateOutcome;
import dev.fairlead.migrate.Migrations;
import dev.fairlead.migrate.goose.GooseFolder;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.migrate.source.SourceFolder;
import dev.fairlead.migrate.spec.SpecReader;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the script leaves is what the executor leaves.
class HarnessIT {
    private static final String ROWS =
            "SELECT id, key, version, direction, step, steps, kind, checksum, plan_hash, outcome, rows, contract, detail"
                    + " FROM fairlead.migration_history ORDER BY id";

    private static final String SPEC =
            """
            meta:
              name: shop.db.2026_01_users
              version: 1.0.0
              owners: [ "team/a b" ]
            plan:
              up:
                - kind: schema
                  description: "users, it's 'theirs'"
                  timeoutMs: 20000
                  preChecks:
                    - { description: "not there", expression: "to_regclass('users') IS NULL" }
                  postChecks:
                    - { description: "there: now", expression: "SELECT count(*) = 0 FROM users" }
                  sql: |
                    CREATE TABLE users (id bigint PRIMARY KEY, name text, tags int[]); -- a comment
                    CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $f$
                    BEGIN
                        -- :USER is no variable here
                        RETURN 1; END $f$;
                - kind: data
                  script:
                    sql: |
                      INSERT INTO users SELECT i, E'a\\nb', ARRAY[i, 2, 3] FROM generate_series(1, 7) i;
                      UPDATE users SET name = 'x' WHERE id <= 3;
                      UPDATE users SET tags[1:2] = ARRAY[9, 9] WHERE id = 1;
                      UPDATE users SET name = (ARRAY['a', 'b'])[1] RETURNING id;
                      SET LOCAL search_path = '';
                - kind: schema
                  transactional: false
                  sql: |
                    CREATE INDEX CONCURRENTLY users_name ON users (name);
                    CREATE TABLE more (a int);
                    INSERT INTO more VALUES (1), (2);
                - kind: validation
                  assertion: WITH a AS (SELECT count(*) AS n FROM users) SELECT n = 7 FROM a
              down:
                - kind: schema
                  sql: DROP TABLE users, more; DROP FUNCTION f()
            """;

    @TempDir Path folder;

    private static Migration spec(String text) {
        var problems = new Problems();
        var read =
                SpecReader.read(
                        new Source("a.migration.yaml", text),
                        SourceFolder.of(Path.of(".")),
                        problems);
        problems.throwIfErrors();
        return read.orElseThrow();
    }

    private record Ended(int exit, String output) {}

    private Ended psql(Db db, String script, String... options)
            throws IOException, InterruptedException {
        var program = Path.of("/usr/bin/psql");
        assumeTrue(Files.isExecutable(program), "skipped: needs psql (Debian: postgresql-client)");
        var file = folder.resolve("script.sql");
        Files.writeString(file, script);
        var command = new ArrayList<>(List.of(program.toString(), "-X", "-f", file.toString()));
        command.addAll(List.of(options));
        command.add(db.url());
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private static Db fresh(Release release) {
        return PostgresServer.shared(release).fresh();
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    @Covers({"SPEC-10", "SPEC-09"})
    void leavesTheRowsAndTheSchemaThatTheExecutorLeaves(Release release) throws Exception {
        var migration = spec(SPEC);
        var byTool = fresh(release);
        var byHand = fresh(release);
        assertThat(Migrations.of(byTool.url()).from(List.of(migration)).up())
                .isInstanceOf(MigrateOutcome.Done.class);
        var script = Harness.script(List.of(migration), migration);
        var ended = psql(byHand, script, "-v", "fairlead_who=alice o'hara");
        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(byHand.rows(ROWS)).isEqualTo(byTool.rows(ROWS));
        assertThat(byHand.rows("SELECT * FROM fairlead.migration_source ORDER BY 1"))
                .isEqualTo(byTool.rows("SELECT * FROM fairlead.migration_source ORDER BY 1"));
        assertThat(byHand.rows("SELECT DISTINCT who FROM fairlead.migration_history"))
                .containsExactly("alice o'hara");
        assertThat(byHand.rows("SELECT id, name, tags FROM users ORDER BY 1"))
                .isEqualTo(byTool.rows("SELECT id, name, tags FROM users ORDER BY 1"));
        assertThat(byHand.rows("SELECT * FROM fairlead.migration_intent")).isEmpty();
        assertThat(byHand.invalidIndexes()).isEmpty();
        var migrations = Migrations.of(byHand.url()).from(List.of(migration));
        assertThat(migrations.verify().intact()).isTrue();
        assertThat(migrations.plan().nothingToDo()).isTrue();
        assertThat(migrations.ready().satisfied()).isTrue();
    }

    @Test
    void theSameMigrationGivesTheSameBytes() {
        assertThat(Harness.script(List.of(spec(SPEC)), spec(SPEC)))
                .isEqualTo(Harness.script(List.of(spec(SPEC)), spec(SPEC)))
                .doesNotContain(System.getProperty("user.name") + "@");
    }

    @Test
    void aSecondRunDoesNothingAndTheToolGoesOnBehindIt() throws Exception {
        var db = fresh(Release.SYSTEM);
        var migration = spec(SPEC);
        var script = Harness.script(List.of(migration), migration);
        assertThat(psql(db, script).exit()).isZero();
        var rows = db.rows(ROWS);
        var second = psql(db, script);
        assertThat(second.exit()).as(second.output()).isZero();
        assertThat(second.output()).contains("has run before");
        assertThat(db.rows(ROWS)).isEqualTo(rows);
        var next =
                spec(
                        """
                        meta: { name: shop.db.2026_02_more, version: 1.0.0 }
                        dependencies: [ shop.db.2026_01_users ]
                        plan:
                          up: [ { kind: schema, sql: ALTER TABLE users ADD note text } ]
                          fallback: nothing
                        """);
        assertThat(Migrations.of(db.url()).from(List.of(migration, next)).up())
                .isInstanceOfSatisfying(
                        MigrateOutcome.Done.class, done -> assertThat(done.applied()).hasSize(1));
        assertThat(Migrations.of(db.url()).from(List.of(migration, next)).verify().intact())
                .isTrue();
    }

    @Test
    void endsAtOnceWhileAMigratorIsAtWork() throws Exception {
        var db = fresh(Release.SYSTEM);
        var migration = spec(SPEC);
        try (var connection = db.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "SELECT pg_advisory_lock("
                            + dev.fairlead.migrate.lock.Lane.MAIN.turnKey()
                            + ")");
            var ended = psql(db, Harness.script(List.of(migration), migration));
            assertThat(ended.exit()).isEqualTo(3);
            assertThat(ended.output()).contains("another migrator works on this database");
        }
        assertThat(db.rows("SELECT nspname FROM pg_namespace WHERE nspname = 'fairlead'"))
                .as("nothing was touched")
                .isEmpty();
    }

    @Test
    void aCheckThatDoesNotHoldStopsBeforeAnythingIsTouched() throws Exception {
        var db = fresh(Release.SYSTEM);
        db.run("CREATE TABLE users (a int)");
        var migration = spec(SPEC);
        var ended = psql(db, Harness.script(List.of(migration), migration));
        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.output()).contains("did not give true: not there");
        assertThat(db.rows(ROWS)).isEmpty();
    }

    @Test
    void goesOnWhereItFailed() throws Exception {
        var db = fresh(Release.SYSTEM);
        var migration =
                spec(SPEC.replace("users_name ON users (name)", "users_name ON users (f2(name))"));
        var script = Harness.script(List.of(migration), migration);
        assertThat(psql(db, script).exit()).as("f2 is missing").isEqualTo(3);
        assertThat(db.rows("SELECT step, outcome FROM fairlead.migration_history ORDER BY id"))
                .containsExactly("0|DONE", "1|DONE");
        assertThat(db.rows("SELECT part, finished IS NULL FROM fairlead.migration_intent"))
                .containsExactly("0|t");
        // what a build that was killed leaves: an index that is not valid
        db.run(
                "CREATE FUNCTION f2(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';"
                        + " CREATE INDEX users_name ON users (f2(name))");
        db.run("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'users_name'::regclass");
        var ended = psql(db, script);
        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(db.invalidIndexes()).isEmpty();
        assertThat(db.rows("SELECT step, outcome FROM fairlead.migration_history ORDER BY id"))
                .containsExactly("0|DONE", "1|DONE", "2|DONE", "3|DONE");
        assertThat(db.rows("SELECT rows FROM fairlead.migration_history WHERE step = 2"))
                .containsExactly("2");
        assertThat(Migrations.of(db.url()).from(List.of(migration)).plan().nothingToDo()).isTrue();
    }

    @Test
    void theToolGoesOnWhereTheScriptFailed() throws Exception {
        var db = fresh(Release.SYSTEM);
        var migration =
                spec(SPEC.replace("users_name ON users (name)", "users_name ON users (f2(name))"));
        assertThat(psql(db, Harness.script(List.of(migration), migration)).exit()).isEqualTo(3);
        db.run("CREATE FUNCTION f2(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1'");
        assertThat(Migrations.of(db.url()).from(List.of(migration)).up())
                .isInstanceOf(MigrateOutcome.Done.class);
        assertThat(db.rows("SELECT step, outcome FROM fairlead.migration_history ORDER BY id"))
                .containsExactly("0|DONE", "1|DONE", "2|DONE", "3|DONE");
        assertThat(Migrations.of(db.url()).from(List.of(migration)).verify().intact()).isTrue();
    }

    @Test
    void whatItNeedsMustHaveRun() throws Exception {
        var db = fresh(Release.SYSTEM);
        Files.writeString(
                folder.resolve("1_a.sql"),
                "-- +goose Up\nCREATE TABLE a (b int, c text);\n-- +goose Down\nDROP TABLE a;\n");
        Files.writeString(
                folder.resolve("2_b.sql"),
                "-- +goose Up\n-- +goose StatementBegin\nCOPY a FROM STDIN;\n1\tit's \\\\ \"odd\n2\t:USER $$\n\\.\nINSERT INTO a VALUES (3, 'x');\n-- +goose StatementEnd\n");
        var all = GooseFolder.read(folder, "shop", Map.of());
        var second = Harness.script(all, all.get(1));
        var early = psql(db, second);
        assertThat(early.exit()).isEqualTo(3);
        assertThat(early.output()).contains("needs shop.sql.1, which has not run here");
        assertThat(psql(db, Harness.script(all, all.getFirst())).exit()).isZero();
        var ended = psql(db, second);
        assertThat(ended.exit()).as(ended.output()).isZero();
        assertThat(db.rows("SELECT b, c FROM a ORDER BY 1"))
                .containsExactly("1|it's \\ \"odd", "2|:USER $$", "3|x");
        assertThat(psql(db, second).exit()).as("passes over the rows").isZero();
        assertThat(Migrations.of(db.url()).from(all).plan().nothingToDo()).isTrue();
        assertThat(db.rows("SELECT rows FROM fairlead.migration_history WHERE key = 'shop.sql.2'"))
                .containsExactly("3");
    }

    @Test
    void anApprovalIsDemandedOfThePlanThatTheScriptIs() throws Exception {
        var db = fresh(Release.SYSTEM);
        var migration =
                spec(
                        """
                        meta: { name: shop.db.2026_03_keys, version: 1.0.0, owners: [ ops ] }
                        requires: approval
                        plan:
                          up:
                            - kind: data
                              script: { instructions: "Rotate the key; it's urgent." }
                            - kind: schema
                              sql: CREATE TABLE keys (a int)
                          fallback: nothing
                        """);
        var script = Harness.script(List.of(migration), migration);
        var migrations = Migrations.of(db.url()).from(List.of(migration));
        var first = psql(db, script);
        assertThat(first.exit()).isEqualTo(3);
        assertThat(first.output()).contains("needs an approval");
        migrations.approve(migrations.plan().hash(), "bob", "");
        var second = psql(db, script);
        assertThat(second.exit()).isEqualTo(3);
        assertThat(second.output()).contains("is work for a person");
        migrations.approveDone("shop.db.2026_03_keys", "carol", "rotated: it's done");
        var third = psql(db, script);
        assertThat(third.exit()).as(third.output()).isZero();
        assertThat(
                        db.rows(
                                "SELECT step, outcome, detail ->> 'approvedBy', detail ->> 'comment' FROM fairlead.migration_history ORDER BY id"))
                .containsExactly("0|ACCEPTED|carol|rotated: it's done", "1|DONE|null|null");
        assertThat(migrations.verify().intact()).isTrue();
        assertThat(migrations.plan().nothingToDo()).isTrue();
    }

    @Test
    void whatCannotBeAScriptIsNamedAtOnce() {
        var migration =
                spec(
                        """
                        meta: { name: shop.db.2026_04_fill, version: 1.0.0 }
                        plan:
                          up:
                            - kind: data
                              script:
                                backfill:
                                  table: users
                                  key: id
                                  statement: UPDATE users SET a = 1 WHERE :batch
                          fallback: nothing
                        """);
        assertThatThrownBy(() -> Harness.script(List.of(migration), migration))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("CANNOT_BUILD")
                .hasMessageContaining("users batch by batch");
    }
}
