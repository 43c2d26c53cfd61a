package dev.fairlead.migrate.sql.aftermath;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.migrate.sql.RealServer;
import dev.fairlead.migrate.sql.Servers;
import dev.fairlead.migrate.sql.Sql;
import dev.fairlead.migrate.sql.aftermath.Aftermath.State;
import dev.fairlead.testkit.Covers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The catalogue tells what has happened, before and after a statement and in the middle of one that was interrupted.
@Covers("MIG-04")
class AftermathServerIT {
    /// Each statement is asked about, run, and asked about again; in this order.
    private static final String[] STATEMENTS = {
        "CREATE SCHEMA \"S\"",
        "CREATE TABLE \"S\".\"T\" (id int, a int, b int NOT NULL)",
        "CREATE TABLE t2 (id int)",
        "CREATE INDEX CONCURRENTLY \"I\" ON \"S\".\"T\" (a)",
        "DROP INDEX CONCURRENTLY \"S\".\"I\"",
        "CREATE INDEX i2 ON \"S\".\"T\" (a)",
        "DROP INDEX \"S\".i2",
        "ALTER TABLE \"S\".\"T\" ADD COLUMN c text",
        "ALTER TABLE \"S\".\"T\" RENAME COLUMN c TO d",
        "ALTER TABLE \"S\".\"T\" DROP COLUMN d",
        "ALTER TABLE \"S\".\"T\" ALTER a SET NOT NULL",
        "ALTER TABLE \"S\".\"T\" ALTER a DROP NOT NULL",
        "ALTER TABLE \"S\".\"T\" ADD CONSTRAINT positive CHECK (a > 0) NOT VALID",
        "ALTER TABLE \"S\".\"T\" VALIDATE CONSTRAINT positive",
        "ALTER TABLE \"S\".\"T\" DROP CONSTRAINT positive",
        "ALTER TABLE t2 RENAME TO t3",
        "DROP TABLE t3",
        "CREATE TYPE mood AS ENUM ('it''s')",
        "ALTER TYPE mood ADD VALUE 'so''so'",
        "DROP TYPE mood",
        "CREATE TABLE p (id int) PARTITION BY RANGE (id)",
        "CREATE TABLE p1 (id int)",
        "ALTER TABLE p ATTACH PARTITION p1 FOR VALUES FROM (0) TO (10)",
        "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY",
        "CREATE VIEW v AS SELECT 1 AS x",
        "DROP VIEW v",
        "CREATE SEQUENCE s",
        "CREATE DOMAIN dom AS int",
        "CREATE ROLE somebody",
        "DROP ROLE somebody",
        "CREATE PUBLICATION pub",
        "CREATE SUBSCRIPTION sub CONNECTION 'dbname=x' PUBLICATION pub WITH (connect = false)",
        "CREATE DATABASE \"Other\"",
        "DROP DATABASE \"Other\"",
        "DROP SCHEMA \"S\" CASCADE",
    };

    @TempDir private static Path folder;
    private static Servers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers(folder);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    private record Answer(State state, Optional<String> todo) {}

    private static final Answer MISSING = new Answer(State.MISSING, Optional.empty());
    private static final Answer DONE = new Answer(State.DONE, Optional.empty());
    private static final Answer BUSY = new Answer(State.BUSY, Optional.empty());

    private static Answer half(String todo) {
        return new Answer(State.HALF, Optional.of(todo));
    }

    @Test
    void whatHasNotHappenedIsMissingAndThenDone() throws Exception {
        for (var server : servers.all()) {
            try (var connection = server.connect();
                    var statement = connection.createStatement()) {
                for (var text : STATEMENTS) {
                    assertThat(ask(connection, text)).as("before %s", text).isEqualTo(MISSING);
                    statement.execute(text);
                    assertThat(ask(connection, text)).as("after %s", text).isEqualTo(DONE);
                }
            }
        }
    }

    @Test
    void theCarcassOfAnIndexIsDroppedAndBuiltAgain() throws Exception {
        var build = "CREATE UNIQUE INDEX CONCURRENTLY \"Carcass\" ON c (a)";
        for (var server : servers.all()) {
            try (var connection = server.connect();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE c (a int)");
                statement.execute("INSERT INTO c VALUES (1), (1)");
                fails(connection, build);
                var answer = ask(connection, build);
                assertThat(answer)
                        .isEqualTo(half("DROP INDEX CONCURRENTLY IF EXISTS public.\"Carcass\""));
                statement.execute(answer.todo().orElseThrow());
                assertThat(ask(connection, build)).isEqualTo(MISSING);
                statement.execute("TRUNCATE c");
                statement.execute(build);
                assertThat(ask(connection, build)).isEqualTo(DONE);
            }
        }
    }

    @Test
    void anIndexThatSomebodyBuildsIsBusyAndOnceInterruptedHalf() throws Exception {
        for (var server : servers.all()) {
            try (var connection = server.connect();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE busy (a int)");
                var build = "CREATE INDEX CONCURRENTLY busy_a ON busy (a)";
                interrupt(server, "LOCK TABLE busy IN ROW EXCLUSIVE MODE", build, connection, BUSY);
                assertThat(ask(connection, build))
                        .isEqualTo(half("DROP INDEX CONCURRENTLY IF EXISTS public.busy_a"));
            }
        }
    }

    @Test
    void anInterruptedRebuildLeavesAnIndexThatIsDropped() throws Exception {
        for (var server : servers.all()) {
            try (var connection = server.connect();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE r (a int PRIMARY KEY)");
                for (var rebuild :
                        new String[] {
                            "REINDEX INDEX CONCURRENTLY r_pkey",
                            "REINDEX TABLE CONCURRENTLY r",
                            "REINDEX SCHEMA CONCURRENTLY public"
                        }) {
                    interrupt(
                            server,
                            "LOCK TABLE r IN ROW EXCLUSIVE MODE",
                            "REINDEX INDEX CONCURRENTLY r_pkey",
                            connection,
                            BUSY);
                    var answer = ask(connection, rebuild);
                    assertThat(answer.state()).as(rebuild).isEqualTo(State.HALF);
                    statement.execute(answer.todo().orElseThrow());
                    assertThat(ask(connection, rebuild)).as(rebuild).isEqualTo(MISSING);
                }
            }
        }
    }

    @Test
    void anInterruptedDetachIsFinalized() throws Exception {
        for (var server : servers.all()) {
            try (var connection = server.connect();
                    var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE whole (id int) PARTITION BY RANGE (id)");
                statement.execute(
                        "CREATE TABLE piece PARTITION OF whole FOR VALUES FROM (0) TO (10)");
                var detach = "ALTER TABLE whole DETACH PARTITION piece CONCURRENTLY";
                var pending = half("ALTER TABLE \"whole\" DETACH PARTITION \"piece\" FINALIZE");
                interrupt(server, "SELECT * FROM whole", detach, connection, pending);
                assertThat(ask(connection, detach)).isEqualTo(pending);
                statement.execute(pending.todo().orElseThrow());
                assertThat(ask(connection, detach)).isEqualTo(DONE);
            }
        }
    }

    @Test
    void whatTheCatalogueCannotTellIsNotAsked() {
        for (var text :
                new String[] {
                    "INSERT INTO t VALUES (1)", "CREATE INDEX CONCURRENTLY ON t (a)",
                    "CREATE OR REPLACE VIEW v AS SELECT 1", "REINDEX TABLE t",
                    "ALTER TABLE t ADD CHECK (a > 0)", "SET work_mem = 1"
                }) {
            assertThat(Sql.facts(text).effects()).as(text).isNotEmpty();
            assertThat(Sql.facts(text).effects().stream().map(Aftermath::of))
                    .as(text)
                    .allMatch(Optional::isEmpty);
        }
    }

    /// The answer to the first question that a statement's effects raise.
    private static Answer ask(Connection connection, String text) throws SQLException {
        var question =
                Sql.facts(text).effects().stream()
                        .flatMap(effect -> Aftermath.of(effect).stream())
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no question about " + text));
        assertThat(question.meaning()).endsWith("?");
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(question.sql())) {
            assertThat(rows.next()).isTrue();
            var answer =
                    new Answer(
                            State.valueOf(rows.getString("state")),
                            Optional.ofNullable(rows.getString("todo")));
            assertThat(rows.next()).isFalse();
            return answer;
        }
    }

    private static void fails(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(text);
        } catch (SQLException e) {
            return;
        }
        throw new AssertionError(text + " has not failed");
    }

    /// Runs a statement that has to wait for a transaction, and cancels it as soon as the answer is the expected one.
    private static void interrupt(
            RealServer server, String held, String text, Connection watcher, Answer expected)
            throws Exception {
        try (var blocker = server.connect();
                var connection = server.connect();
                var statement = connection.createStatement()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute(held);
            var thread =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    statement.execute(text);
                                } catch (SQLException e) {
                                    // it is cancelled below
                                }
                            });
            var deadline = Deadline.in(Duration.ofSeconds(30), Ticker.SYSTEM);
            var answer = ask(watcher, text);
            while (!answer.equals(expected) && !deadline.passed()) {
                Ticker.SYSTEM.pause(Duration.ofMillis(5));
                answer = ask(watcher, text);
            }
            assertThat(answer).as(text).isEqualTo(expected);
            statement.cancel();
            thread.join();
            blocker.rollback();
        }
    }
}
