package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Connecting;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.FirstLines;
import dev.fairlead.tests.system.world.Sandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Everything that can be wrong between a process, its migrations and a real PostgreSQL, all of it in one stack: the first
/// line of `explain` names the cause, while `up` is at work and afterwards.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainDatabasesIT {
    /// @param first a pattern that the whole first line matches, behind the unit's code and place
    record Wrong(String unit, String code, String first) {
        @Override
        public String toString() {
            return unit;
        }
    }

    private static final List<String> OWNERS =
            List.of("broken", "checked", "asked", "changed", "busy");
    private static final String FIRST =
            "-- +goose Up\nCREATE TABLE note (id bigint PRIMARY KEY, text text);\n";

    /// Whose database takes no more connections.
    private static final String FILLER =
            """
            - name: filler
              deployGroup: internal
              run: { command: [ sleep, "1000" ], env: { DATABASE_URL: "{{ .Units.postgres.url_crowded }}" }, ready: { exec: [ "true" ] } }
            """
                    .indent(4);

    private static final String PORT = "{{ .Units.postgres.port }}";

    private final Sandbox sandbox = Sandbox.of("");
    private final Fairlead fairlead = sandbox.fairlead();
    private FirstLines during;
    private FirstLines afterwards;
    private int pid;

    private static String folder(String owner) {
        return "services/internal/%s/cmd/cli/migrations/".formatted(owner);
    }

    private static String migrations(String owner) {
        return "  - { name: %s-db, owner: %s, database: { unit: postgres, name: %s } }\n"
                .formatted(owner, owner, owner);
    }

    private static String owner(String name) {
        return """
          - name: %s
            deployGroup: internal
            requiresSchema: %s-db
            run: { command: [ sleep, "1000" ], env: { DATABASE_URL: "{{ .Units.postgres.url_%s }}" }, ready: { exec: [ "true" ] } }
        """
                .formatted(name, name, name)
                .indent(2);
    }

    private static String client(String name, String url, String question) {
        return """
          - name: %s
            deployGroup: internal
            eager: true
            dependsOn: [ postgres ]
            run: { command: %s, ready: { log: connected } }
        """
                .formatted(name, Connecting.command(url, question))
                .indent(2);
    }

    private static String stack() {
        return """
        environments: { dev: { target: local, mode: dev } }
        orchestration: { parallelism: 12, readinessTimeout: 3m }
        infrastructure:
          - { name: postgres, local: { builtin: postgres, databases: [ plain, crowded, %s ] } }
        migrations:
        %sservices:
        %s\
        """
                .formatted(
                        String.join(", ", OWNERS),
                        OWNERS.stream()
                                .map(ExplainDatabasesIT::migrations)
                                .collect(Collectors.joining()),
                        OWNERS.stream().map(ExplainDatabasesIT::owner).collect(Collectors.joining())
                                + FILLER);
    }

    private static String clients() {
        return client(
                        "no-role",
                        "postgresql://nobody:x@127.0.0.1:" + PORT + "/postgres",
                        "SELECT 1")
                + client(
                        "no-password",
                        "postgresql://{{ .Units.postgres.user_plain }}:wrong@127.0.0.1:"
                                + PORT
                                + "/{{ .Units.postgres.database_plain }}",
                        "SELECT 1")
                + client("no-database", "{{ .Units.postgres.url_plain }}_gone", "SELECT 1")
                + client("crowded", "{{ .Units.postgres.url_crowded }}", "SELECT 1")
                + client("no-server", "postgresql://a:b@127.0.0.1:1/x", "SELECT 1")
                + client("no-table", "{{ .Units.postgres.url_plain }}", "SELECT * FROM nota");
    }

    /// With ports of its own: they follow from the project's name, and other tests have theirs open meanwhile.
    private static String named(String spec) {
        return Sandbox.stack(spec).replace("name: trial", "name: explained");
    }

    private void breakMigrations() {
        sandbox.write(
                folder("broken") + "0002_broken.sql",
                "-- +goose Up\nALTER TABLE nota ADD COLUMN likes int;\n");
        sandbox.write(
                folder("checked") + "checked.notes.2026_01_likes.migration.yaml",
                """
                meta: { name: checked.notes.2026_01_likes, version: 1.0.0 }
                dependencies: [ checked-db.sql.1 ]
                plan:
                  up:
                    - kind: schema
                      sql: ALTER TABLE note ADD COLUMN likes int
                      preChecks:
                        - { description: there are notes, expression: SELECT count(*) > 0 FROM note }
                  fallback: nothing to undo
                """);
        sandbox.write(
                folder("asked") + "asked.notes.2026_01_likes.migration.yaml",
                """
                meta: { name: asked.notes.2026_01_likes, version: 1.0.0, owners: [ "@dba" ] }
                requires: approval
                dependencies: [ asked-db.sql.1 ]
                plan:
                  up: [ { kind: schema, sql: ALTER TABLE note ADD COLUMN likes int } ]
                  down: [ { kind: schema, sql: ALTER TABLE note DROP COLUMN likes } ]
                """);
        sandbox.replace(folder("changed") + "0001_note.sql", "text text", "text varchar");
        sandbox.write(
                folder("busy") + "0002_likes.sql",
                "-- +goose Up\nALTER TABLE note ADD COLUMN likes int;\n");
    }

    @BeforeAll
    void bringUp() throws SQLException {
        sandbox.write("services.yaml", named(stack()));
        OWNERS.forEach(owner -> sandbox.write(folder(owner) + "0001_note.sql", FIRST));
        fairlead.done("up", "--detach");
        breakMigrations();
        var crowded = Database.of(fairlead, "filler");
        crowded.run("ALTER DATABASE crowded_dev CONNECTION LIMIT 0");
        sandbox.write("services.yaml", named(stack() + clients()));
        try (var report = Database.of(fairlead, "busy").connect()) {
            report.setClientInfo("ApplicationName", "nightly-report");
            report.setAutoCommit(false);
            report.createStatement().execute("LOCK TABLE note IN ACCESS EXCLUSIVE MODE");
            var up = fairlead.start("up", "--detach");
            Await.until(
                    "the held table is explained while up waits for it",
                    Duration.ofMinutes(4),
                    () -> {
                        during = FirstLines.of(fairlead);
                        return during.of("busy-db").contains("SCHEMA_RETRIED");
                    },
                    () -> during + up.errSoFar());
            pid = backend(report);
            report.rollback();
            up.await();
        }
        afterwards = FirstLines.of(fairlead);
    }

    private static int backend(Connection connection) throws SQLException {
        try (var row = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    @AfterAll
    void takeDown() {
        sandbox.close();
    }

    static List<Wrong> causes() {
        var folders = "services/internal/";
        return List.of(
                new Wrong(
                        "broken-db",
                        "SCHEMA_FAILED",
                        folders
                                + "broken/.*/0002_broken\\.sql:2:1 .*relation \"nota\" does not exist.*"),
                new Wrong("checked-db", "SCHEMA_CHECK_FAILED", ".*there are notes.*"),
                new Wrong("asked-db", "SCHEMA_UNAPPROVED", ".*@dba.*"),
                new Wrong("changed-db", "SCHEMA_REFUSED", ".*0001_note\\.sql.*changed.*"),
                new Wrong("no-role", "EXITED", ".*: database: FATAL: .*\"nobody\".*"),
                new Wrong(
                        "no-password",
                        "EXITED",
                        ".*: database: FATAL: password authentication failed for user .*"),
                new Wrong(
                        "no-database",
                        "EXITED",
                        ".*: database: FATAL: database \".*_gone\" does not exist"),
                new Wrong(
                        "crowded",
                        "EXITED",
                        ".*: database: FATAL: too many connections for database .*"),
                new Wrong(
                        "no-server", "EXITED", ".*: database: Connection to 127.0.0.1:1 refused.*"),
                new Wrong(
                        "no-table",
                        "EXITED",
                        ".*: database: ERROR: relation \"nota\" does not exist.*"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theFirstLineNamesTheCause(Wrong wrong) {
        assertThat(afterwards.of(wrong.unit()))
                .matches(
                        "%s\\[%s] services\\.yaml:\\d+:\\d+ %s, (failed )?for \\d.*"
                                .formatted(wrong.unit(), wrong.code(), wrong.first()));
    }

    @Test
    void whoHoldsATableIsNamedWhileAMigrationWaitsForIt() {
        assertThat(during.of("busy-db"))
                .contains("did not get its locks")
                .contains("by process " + pid)
                .contains("nightly-report");
    }

    @Test
    void whatWasHeldIsThereAfterwards() {
        assertThat(afterwards.of("busy-db")).isEmpty();
        assertThat(afterwards.of("busy")).isEmpty();
    }
}
