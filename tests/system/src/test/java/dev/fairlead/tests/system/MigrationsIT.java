package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Migrations as a stage of a stack, with a real PostgreSQL and processes that need the schema.
class MigrationsIT {
    private static final String FOLDER = "services/internal/web/cmd/cli/migrations/";
    private static final String STACK =
            """
            environments: { dev: { target: local, mode: dev } }
            infrastructure:
              - { name: postgres, local: { builtin: postgres, databases: [ trial ] } }
            migrations:
              - { name: trial-db, owner: web, database: { unit: postgres, name: trial } }
            services:
              - name: web
                deployGroup: internal
                requiresSchema: trial-db
                run:
                  command: [ sleep, "1000" ]
                  env: { DATABASE_URL: "{{ .Units.postgres.url }}" }
                  ready: { exec: [ "true" ], timeout: 4m }
            """;
    private static final String FIRST =
            """
            -- +goose Up
            CREATE TABLE note (id bigint PRIMARY KEY, text text NOT NULL);
            -- +goose Down
            DROP TABLE note;
            """;

    /// Waits until somebody connects by this name.
    private static final String UNTIL_OPEN =
            """
            -- +goose StatementBegin
            DO $$ BEGIN
                FOR i IN 1..3000 LOOP
                    EXIT WHEN EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'the gate is open');
                    PERFORM pg_sleep(0.1);
                    PERFORM pg_stat_clear_snapshot();
                END LOOP;
            END $$;
            -- +goose StatementEnd
            """;

    private final Sandbox sandbox = Sandbox.of(STACK);
    private final Fairlead fairlead = sandbox.fairlead();

    @BeforeEach
    void write() {
        sandbox.write(FOLDER + "0001_note.sql", FIRST);
    }

    @AfterEach
    void cleanUp() {
        sandbox.close();
    }

    private List<Map<String, Object>> changes(String action) {
        var plan = fairlead.done("plan", "-o", "json").json();
        return Status.objects(plan.get("changes")).stream()
                .filter(change -> action.equals(change.get("action")))
                .toList();
    }

    private Map<String, Object> rootCause(String unit) {
        var explained = fairlead.done("explain", unit, "-o", "json").json();
        return Status.object(
                Objects.requireNonNull(explained.get("rootCause"), explained::toString));
    }

    private long pid(String unit) {
        return Processes.ofUnit(sandbox.folder(), unit).orElseThrow().pid();
    }

    @Test
    @Covers({"MIG-01", "MIG-05", "DEP-05"})
    void aSecondMigrationIsOneStepAndRestartsNobody() throws SQLException {
        assertThat(fairlead.done("plan").out())
                .contains("migrations/trial-db create: 1 migration pending")
                .contains("+ trial-db.sql.1@1.0.0 step 1 of 1 (schema)");
        fairlead.done("up", "--detach");
        var database = Database.of(fairlead, "web");
        database.run("INSERT INTO note VALUES (1, 'kept')");
        long web = pid("web");

        fairlead.done("plan", "--exit-code");
        assertThat(fairlead.done("up", "--detach").err()).contains("No change");

        sandbox.write(
                FOLDER + "0002_likes.sql",
                "-- +goose Up\nALTER TABLE note ADD COLUMN likes int NOT NULL DEFAULT 0;\n");
        assertThat(changes("update"))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change).containsEntry("unit", "trial-db");
                    assertThat(String.valueOf(change.get("reason")))
                            .startsWith("1 migration pending");
                });
        fairlead.run("plan", "--exit-code").expect(2);
        fairlead.done("up", "--detach");

        assertThat(pid("web")).isEqualTo(web);
        assertThat(database.numbers("SELECT likes FROM note")).containsExactly(0L);
        assertThat(Status.of(fairlead).unit("trial-db").state()).isEqualTo("ready");
    }

    @Test
    @Covers("MIG-04")
    void downLeavesTheDatabaseAndTheNextUpRunsNothingTwice() throws SQLException {
        fairlead.done("up", "--detach");
        Database.of(fairlead, "web").run("INSERT INTO note VALUES (1, 'kept')");
        var down = fairlead.done("down");
        assertThat(fairlead.done("events", "-o", "json").out())
                .contains("forgotten; its database stays as it is");
        assertThat(down.out()).contains("trial-db");

        assertThat(fairlead.done("plan").out()).contains("so what is pending is seen when it runs");
        fairlead.done("up", "--detach");

        assertThat(Database.of(fairlead, "web").numbers("SELECT id FROM note")).containsExactly(1L);
        var status = fairlead.done("migrate", "status", "-o", "json").json();
        assertThat(Status.objects(status.get("applied"))).hasSize(1);
    }

    @Test
    @Covers({"MIG-05", "DEP-04"})
    void aFailedMigrationBlocksWhoNeedsItAndIsExplained() {
        sandbox.write(
                FOLDER + "0002_broken.sql",
                "-- +goose Up\nALTER TABLE nota ADD COLUMN likes int;\n");
        var up = fairlead.run("up", "--detach").expect(4);

        assertThat(up.err())
                .contains("SCHEMA_FAILED")
                .contains("0002_broken.sql:2")
                .contains("nota")
                .contains("hint:");
        assertThat(Processes.ofUnit(sandbox.folder(), "web")).isEmpty();
        assertThat(rootCause("web"))
                .containsEntry("unit", "trial-db")
                .containsEntry("code", "SCHEMA_FAILED");
        assertThat(fairlead.done("migrate", "why").out()).contains("trial-db.sql.2@1.0.0");

        sandbox.write(
                FOLDER + "0002_broken.sql",
                "-- +goose Up\nALTER TABLE note ADD COLUMN likes int;\n");
        fairlead.done("up", "--detach");
        assertThat(Status.of(fairlead).allReady()).isTrue();
    }

    @Test
    @Covers({"SPEC-03", "DEP-04"})
    void aFailedCheckStopsBeforeAnythingWasTouchedAndIsExplained() {
        sandbox.write(
                FOLDER + "trial.notes.2026_01_checked.migration.yaml",
                """
                meta: { name: trial.notes.2026_01_checked, version: 1.0.0 }
                dependencies: [ trial-db.sql.1 ]
                plan:
                  up:
                    - kind: schema
                      sql: ALTER TABLE note ADD COLUMN likes int
                      preChecks:
                        - { description: there are notes, expression: SELECT count(*) > 0 FROM note }
                  fallback: nothing to undo
                """);
        var up = fairlead.run("up", "--detach").expect(4);

        assertThat(up.err()).contains("SCHEMA_CHECK_FAILED").contains("there are notes");
        assertThat(rootCause("web")).containsEntry("code", "SCHEMA_CHECK_FAILED");
    }

    @Test
    @Covers("SPEC-06")
    void aMissingApprovalIsExitSixUntilSomebodyApprovesThisPlan() {
        sandbox.write(
                FOLDER + "trial.notes.2026_01_asked.migration.yaml",
                """
                meta: { name: trial.notes.2026_01_asked, version: 1.0.0, owners: [ "@dba" ] }
                requires: approval
                dependencies: [ trial-db.sql.1 ]
                plan:
                  up: [ { kind: schema, sql: ALTER TABLE note ADD COLUMN likes int } ]
                  down: [ { kind: schema, sql: ALTER TABLE note DROP COLUMN likes } ]
                """);
        var up = fairlead.run("up", "--detach").expect(6);
        assertThat(up.err()).contains("SCHEMA_UNAPPROVED").contains("fairlead migrate approve");
        assertThat(rootCause("web")).containsEntry("code", "SCHEMA_UNAPPROVED");
        assertThat(fairlead.done("migrate", "why").out()).contains("waits for an approval by @dba");

        fairlead.run("migrate", "approve").expect(6); // nobody to ask
        fairlead.run("migrate", "approve", "--plan", "0".repeat(64)).expect(5);
        fairlead.done("migrate", "approve", "--yes", "--as", "Ada", "--reason", "looked at it");
        fairlead.done("up", "--detach");
        assertThat(Status.of(fairlead).allReady()).isTrue();
    }

    @Test
    @Covers({"MIG-04", "DEP-04"})
    void whoHoldsTheLockIsExplainedWhileADeployWaitsForIt() {
        fairlead.done("up", "--detach");
        sandbox.write("slow/0001_slow.sql", "-- +goose Up\n" + UNTIL_OPEN);
        sandbox.write(
                FOLDER + "0002_likes.sql",
                "-- +goose Up\nALTER TABLE note ADD COLUMN likes int;\n");
        var url = Rendered.variable(fairlead, "web", "DATABASE_URL");
        var other =
                fairlead.with("FAIRLEAD_DATABASE", url).start("migrate", "up", "--source", "slow");
        Await.until(
                "the other migrator at work",
                Duration.ofSeconds(30),
                () -> !fairlead.run("migrate", "why").out().contains("all that is here"));
        var up = fairlead.start("up", "--detach");
        try {
            Await.until(
                    "explain names the holder",
                    Duration.ofSeconds(30),
                    () -> "SCHEMA_LOCKED".equals(rootCause("trial-db").get("code")));
            assertThat(String.valueOf(rootCause("trial-db").get("what")))
                    .contains("pid " + other.process().pid());
            assertThat(fairlead.run("migrate", "up", "--wait", "0s").expect(5).err())
                    .contains("MIGRATOR_BUSY");
        } finally {
            other.process().destroyForcibly();
        }
        up.await().expect(0);
    }

    @Test
    @Covers("MIG-05")
    void withoutTheSchemaAProcessIsNotStarted() {
        // Nobody migrates and nobody will: that is certain at once, however long the process may
        // take to be ready.
        sandbox.replace("services.yaml", "timeout: 4m", "timeout: 10h");
        var up = fairlead.run("up", "--detach", "--skip", "trial-db").expect(4);

        assertThat(up.err())
                .contains("SCHEMA_MISSING")
                .contains("requires the schema of trial-db: trial-db.sql.1@1.0.0 has not run");
        assertThat(Processes.ofUnit(sandbox.folder(), "web")).isEmpty();
    }

    @Test
    @Covers("MIG-05")
    void aMigratorElsewhereIsWaitedForAndNamed() throws SQLException {
        fairlead.done("up", "--detach");
        var database = Database.of(fairlead, "web");
        var url = Rendered.variable(fairlead, "web", "DATABASE_URL");
        sandbox.write(
                FOLDER + "0002_slow.sql",
                "-- +goose Up\nALTER TABLE note ADD COLUMN likes int;\n" + UNTIL_OPEN);
        sandbox.replace("services.yaml", "\"1000\"", "\"1001\"");
        var other =
                fairlead.with("FAIRLEAD_DATABASE", url)
                        .start("migrate", "up", "--source", FOLDER, "--owner", "trial-db");
        Await.until(
                "the other migrator at work",
                Duration.ofSeconds(30),
                () ->
                        database.numbers(
                                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%the gate is open%' AND pid <> pg_backend_pid()")
                                .equals(List.of(1L)));
        var up = fairlead.start("up", "--detach", "--skip", "trial-db");
        Await.until(
                "the deploy waits for it",
                Duration.ofSeconds(30),
                () -> fairlead.run("events").out().contains("at work on it: "),
                up::errSoFar);
        try (var gate = database.connect()) {
            gate.setClientInfo("ApplicationName", "the gate is open");
            other.await().expect(0);
            up.await().expect(0);
        }

        assertThat(fairlead.done("events").out())
                .contains(
                        "requires the schema of trial-db: trial-db.sql.2@1.0.0 has not run; at work on it: ")
                .contains("pid " + other.process().pid());
    }

    @Test
    @Covers({"MIG-05", "DEP-05"})
    void whatWouldLoseRowsIsRefusedBeforeAnythingIsDone() throws SQLException {
        fairlead.done("up", "--detach");
        var database = Database.of(fairlead, "web");
        database.run("INSERT INTO note VALUES (1, 'kept')");
        var drop = "ALTER TABLE note DROP COLUMN text;\n";
        sandbox.write(FOLDER + "0002_drop.sql", "-- +goose Up\n" + drop);
        assertThat(fairlead.done("plan").out()).contains("error ban-drop-column: the data of note");
        var up = fairlead.run("up", "--detach").expect(6);

        assertThat(up.err())
                .contains("error[MIGRATION_REFUSED]")
                .contains("0002_drop.sql:2:1")
                .contains("-- fairlead:ignore ban-drop-column: REASON");
        assertThat(Status.objects(fairlead.done("plan", "-o", "json").json().get("refused")))
                .singleElement()
                .satisfies(one -> assertThat(one).containsEntry("code", "MIGRATION_REFUSED"));
        assertThat(database.numbers("SELECT count(text) FROM note")).containsExactly(1L);

        sandbox.write(
                FOLDER + "0002_drop.sql",
                "-- +goose Up\n-- fairlead:ignore ban-drop-column: nobody reads it\n" + drop);
        fairlead.done("up", "--detach");
        assertThat(database.numbers("SELECT count(*) FROM note")).containsExactly(1L);
    }

    @Test
    @Covers("DEP-05")
    void aTableThatHasNoRowsMayGo() {
        fairlead.done("up", "--detach");
        sandbox.write(
                FOLDER + "0002_drop.sql",
                "-- +goose Up\nALTER TABLE note DROP COLUMN text;\nCREATE INDEX note_id ON note (id);\n");
        assertThat(fairlead.done("plan").out())
                .contains("warning ban-drop-column")
                .contains("warning require-concurrent-index-creation");
        fairlead.done("up", "--detach");
    }

    @Test
    @Covers({"MIG-05", "SPEC-06"})
    void aColumnGoesOnlyOnceTheRevisionThatUsesItIsGone() {
        fairlead.done("up", "--detach");
        sandbox.write(
                FOLDER + "0002_drop.sql", "-- +goose Up\nALTER TABLE note DROP COLUMN text;\n");
        sandbox.replace("services.yaml", "\"1000\"", "\"1001\"");
        var up = fairlead.run("up", "--detach").expect(6);

        assertThat(up.err())
                .contains("error[CONTRACT_TOO_EARLY]")
                .contains("0002_drop.sql:2:1")
                .contains(
                        "column note.text is dropped while \"web\" still runs the revision before this deploy")
                .contains("hint: deploy the new \"web\" first");

        sandbox.replace("services.yaml", "\"1001\"", "\"1000\"");
        fairlead.done("plan");
        sandbox.replace("services.yaml", "\"1000\"", "\"1001\"");
        fairlead.done("migrate", "approve", "--yes", "--as", "Ada", "--reason", "a short outage");
        fairlead.done("up", "--detach");
        assertThat(Status.of(fairlead).allReady()).isTrue();
    }

    @Test
    @Covers("MIG-02")
    void validateReadsTheMigrationsToo() {
        sandbox.write(FOLDER + "0002_broken.sql", "CREATE TABLE x (id int);\n");
        assertThat(fairlead.run("validate").expect(1).err()).contains("0002_broken.sql");

        sandbox.write(
                FOLDER + "0002_broken.sql",
                "-- +goose Up\nALTER TABLE note ADD COLUMN likes int;\n");
        assertThat(fairlead.done("validate").out()).contains("3 units, no errors");
    }
}
