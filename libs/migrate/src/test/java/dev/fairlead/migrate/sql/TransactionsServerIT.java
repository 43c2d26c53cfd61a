package dev.fairlead.migrate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.sql.Facts.InTransaction;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the classifier says of a statement in a transaction block is what a real server says.
@Covers("MIG-04")
class TransactionsServerIT {
    /// The SQLSTATE of "cannot run inside a transaction block".
    private static final String REFUSED = "25001";

    /// The SQLSTATE of a COMMIT in a routine that may not commit.
    private static final String INVALID_TERMINATION = "2D000";

    /// What a text must begin with to be sent, so that nothing is read, written to a file or waited for.
    private static final Set<String> SENT =
            Set.of(
                    "create",
                    "alter",
                    "drop",
                    "vacuum",
                    "analyze",
                    "cluster",
                    "reindex",
                    "discard",
                    "comment",
                    "grant",
                    "revoke",
                    "refresh",
                    "lock",
                    "truncate");

    private static final String[] STATEMENTS = {
        "CREATE INDEX CONCURRENTLY i ON t (id)",
        "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (id)",
        "CREATE INDEX ON t (id)",
        "DROP INDEX CONCURRENTLY t_id",
        "DROP INDEX CONCURRENTLY IF EXISTS t_id",
        "DROP INDEX t_id",
        "REINDEX INDEX CONCURRENTLY t_id",
        "REINDEX TABLE CONCURRENTLY t",
        "REINDEX (CONCURRENTLY) TABLE t",
        "REINDEX (VERBOSE, CONCURRENTLY on) TABLE t",
        "REINDEX (CONCURRENTLY false) TABLE t",
        "REINDEX TABLE t",
        "REINDEX INDEX t_id",
        "REINDEX SCHEMA public",
        "REINDEX DATABASE postgres",
        "REINDEX SYSTEM postgres",
        "ALTER TABLE parent DETACH PARTITION part CONCURRENTLY",
        "ALTER TABLE parent DETACH PARTITION part",
        "VACUUM",
        "VACUUM t",
        "VACUUM (FULL, ANALYZE) t",
        "VACUUM FULL FREEZE VERBOSE ANALYZE t",
        "ANALYZE",
        "ANALYZE VERBOSE t",
        "CREATE DATABASE other",
        "DROP DATABASE IF EXISTS other",
        "ALTER DATABASE postgres SET TABLESPACE pg_default",
        "ALTER DATABASE postgres SET work_mem = '1MB'",
        "CREATE TABLESPACE ts LOCATION '/nowhere'",
        "DROP TABLESPACE IF EXISTS ts",
        "ALTER SYSTEM SET work_mem = '1MB'",
        "ALTER SYSTEM RESET ALL",
        "CLUSTER",
        "CLUSTER VERBOSE",
        "CLUSTER t USING t_id",
        "CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p",
        "CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (create_slot = true)",
        "CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false)",
        "CREATE SUBSCRIPTION s CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false, slot_name = none)",
        "ALTER SUBSCRIPTION sub REFRESH PUBLICATION",
        "ALTER SUBSCRIPTION sub SET PUBLICATION q",
        "ALTER SUBSCRIPTION sub ADD PUBLICATION q WITH (refresh = true)",
        "ALTER SUBSCRIPTION sub SET PUBLICATION q WITH (refresh = false)",
        "ALTER SUBSCRIPTION sub DISABLE",
        "DROP SUBSCRIPTION sub",
        "DISCARD ALL",
        "DISCARD PLANS",
        "DISCARD TEMP",
        "COMMIT PREPARED 'x'",
        "ROLLBACK PREPARED 'x'",
        "ALTER TYPE mood ADD VALUE 'la'",
        "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'la' BEFORE 'so'",
        "ALTER TYPE mood RENAME VALUE 'so' TO 'si'",
        "SAVEPOINT a",
        "CHECKPOINT",
        "LISTEN a",
        "NOTIFY a",
        "SET search_path = public",
        "SET LOCAL search_path = public",
        "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
        "LOCK TABLE t",
        "REFRESH MATERIALIZED VIEW m",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
        "CREATE MATERIALIZED VIEW n AS SELECT 1",
        "CREATE EXTENSION IF NOT EXISTS plpgsql",
        "CREATE PUBLICATION q FOR TABLE t",
        "CREATE ROLE r",
        "IMPORT FOREIGN SCHEMA x FROM SERVER y INTO z",
        "EXPLAIN SELECT 1",
        "EXPLAIN ANALYZE SELECT 1",
        "PREPARE p AS SELECT 1",
        "TRUNCATE t",
        "COPY t TO STDOUT",
    };

    private static final String[] COMMITS = {
        "CALL committing()",
        "DO $$ begin commit; end $$",
        "DO LANGUAGE plpgsql $$ begin if true then rollback; end if; end $$",
        "DO $$ begin for i in 1..2 loop /* each */ commit and chain; end loop; end $$",
        "DO 'begin call committing(); end'",
    };

    private static final String[] DOES_NOT_COMMIT = {
        "DO $$ begin null; end $$",
        "DO $$ declare commit int; begin commit := 1; perform commit; raise notice 'commit;'; end $$",
        "DO $$ begin -- commit;\n perform 'x; commit;'; /* ; rollback; */ end $$",
    };

    @TempDir private static Path folder;
    private static Servers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers(folder);
        for (var server : servers.all()) {
            try (var connection = server.connect();
                    var statement = connection.createStatement()) {
                statement.execute(
                        """
                        CREATE TABLE t (id int); CREATE INDEX t_id ON t (id); CREATE TYPE mood AS ENUM ('so');
                        CREATE TABLE parent (id int) PARTITION BY RANGE (id);
                        CREATE TABLE part PARTITION OF parent FOR VALUES FROM (0) TO (10);
                        CREATE MATERIALIZED VIEW m AS SELECT 1 AS id; CREATE UNIQUE INDEX ON m (id);
                        CREATE PROCEDURE committing() LANGUAGE plpgsql AS 'begin commit; end';
                        CREATE SUBSCRIPTION sub CONNECTION 'dbname=x' PUBLICATION p WITH (connect = false);
                        """);
                statement.execute("ALTER SUBSCRIPTION sub ENABLE");
            }
        }
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void whatTheServerRefusesIsRefused() throws Exception {
        var wrong = new ArrayList<String>();
        for (var server : servers.all()) {
            try (var connection = server.connect()) {
                connection.setAutoCommit(false);
                for (var text : STATEMENTS) {
                    boolean refused = state(connection, text).equals(REFUSED);
                    var said = Sql.facts(text).inTransaction();
                    if (said != (refused ? InTransaction.REFUSED : InTransaction.YES)) {
                        wrong.add(text + ": " + said + ", server refuses: " + refused);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void whatCommitsMayCommit() throws Exception {
        for (var server : servers.all()) {
            try (var connection = server.connect()) {
                connection.setAutoCommit(false);
                for (var text : COMMITS) {
                    assertThat(state(connection, text)).as(text).isEqualTo(INVALID_TERMINATION);
                    assertThat(Sql.facts(text).inTransaction())
                            .as(text)
                            .isEqualTo(InTransaction.MAY_COMMIT);
                }
                for (var text : DOES_NOT_COMMIT) {
                    assertThat(state(connection, text)).as(text).isEqualTo("00000");
                    assertThat(Sql.facts(text).inTransaction())
                            .as(text)
                            .isEqualTo(InTransaction.YES);
                }
            }
        }
    }

    @Test
    void groupsRunAsTheyAreCut() throws Exception {
        for (var server : servers.all()) {
            try (var connection = server.connect("template1");
                    var statement = connection.createStatement()) {
                for (var group :
                        Groups.of(
                                Sql.allFacts(
                                        """
                                        CREATE TABLE g (id int, m text); CREATE TYPE g_mood AS ENUM ('a'); ALTER TYPE g_mood ADD VALUE 'b';
                                        SELECT 'b'::g_mood;
                                        CREATE INDEX CONCURRENTLY g_id ON g (id);
                                        ALTER TYPE g_mood ADD VALUE 'c'; INSERT INTO g VALUES (1, 'c'); SELECT m::g_mood FROM g;
                                        BEGIN; DROP TABLE g; SAVEPOINT s; ROLLBACK TO s; COMMIT;
                                        VACUUM; DROP TYPE g_mood;
                                        """))) {
                    boolean together = group.run() == Groups.Run.ONE_TRANSACTION;
                    connection.setAutoCommit(!together);
                    for (var facts : group.statements()) {
                        statement.execute(facts.statement().text());
                    }
                    if (together) {
                        connection.commit();
                    }
                    connection.setAutoCommit(true);
                }
            }
        }
    }

    /// Every definition in PostgreSQL's own regression tests is sent inside of a block.
    @Test
    void theDefinitionsOfTheRegressionTestsAgree() throws Exception {
        var texts = new ArrayList<>(Corpora.regression());
        assumeTrue(!texts.isEmpty(), "skipped: needs apt-get and Debian's source of postgresql-15");
        Collections.shuffle(texts, new Random(Seeds.generator("definitions").nextLong()));
        var distinct = new LinkedHashMap<String, Facts>();
        for (var text : texts.subList(0, Math.min(Scale.of(1_000), texts.size()))) {
            for (var statement : Parts.of(new Source(text.name(), text.sql())).statements()) {
                if (SENT.contains(statement.tokens().getFirst().value())) {
                    distinct.put(statement.text(), Classifier.classify(statement));
                }
            }
        }
        for (var server : servers.all()) {
            assertThat(disagreements(server, distinct.values())).isEmpty();
        }
        System.out.println(distinct.size() + " definitions sent");
    }

    private static List<String> disagreements(RealServer server, Iterable<Facts> all)
            throws SQLException {
        var wrong = new ArrayList<String>();
        try (var connection = server.connect()) {
            connection.setAutoCommit(false);
            for (var facts : all) {
                var text = facts.statement().text();
                var state = state(connection, text);
                boolean said = facts.inTransaction() == InTransaction.REFUSED;
                boolean wronglyAllowed = state.equals(REFUSED) && !said;
                // DROP SUBSCRIPTION IF EXISTS of one that is not there is let through
                boolean wronglyRefused =
                        state.equals("00000") && said && !text.contains("IF EXISTS");
                if (wronglyAllowed || wronglyRefused) {
                    wrong.add(text + ": " + facts.inTransaction() + ", server: " + state);
                }
            }
        }
        return wrong;
    }

    /// The SQLSTATE with which a statement ends inside of a block; nothing of it stays.
    private static String state(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = '5s'");
            statement.execute(text);
            return "00000";
        } catch (SQLException e) {
            return String.valueOf(e.getSQLState());
        } finally {
            connection.rollback();
        }
    }
}
