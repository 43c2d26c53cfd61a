package dev.fairlead.migrate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.testkit.Covers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The locks that the classifier names are those that a real server takes, on what was there before.
@Covers("MIG-04")
class LocksServerIT {
    private static final String SCHEMA =
            """
            CREATE TABLE t (id int PRIMARY KEY, a int, b text, c int CONSTRAINT c_positive CHECK (c > 0), d int DEFAULT 1);
            CREATE TABLE u (id int PRIMARY KEY, t_id int, x text);
            CREATE TABLE parent (id int, a int) PARTITION BY RANGE (id);
            CREATE TABLE part PARTITION OF parent FOR VALUES FROM (0) TO (10);
            CREATE TABLE other (id int, a int);
            CREATE TABLE heir (id int, a int);
            CREATE TABLE son () INHERITS (heir);
            CREATE TABLE linked (id int PRIMARY KEY, t_id int);
            ALTER TABLE linked ADD CONSTRAINT linked_fk FOREIGN KEY (t_id) REFERENCES u NOT VALID;
            CREATE UNIQUE INDEX t_a ON t (a);
            CREATE INDEX t_b ON t (b);
            CREATE VIEW v AS SELECT id FROM t;
            CREATE MATERIALIZED VIEW m AS SELECT id FROM t;
            CREATE UNIQUE INDEX m_id ON m (id);
            CREATE SEQUENCE s;
            CREATE TYPE mood AS ENUM ('so');
            CREATE SCHEMA other_schema;
            CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
            CREATE TRIGGER trg BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION f();
            CREATE POLICY pol ON t USING (true);
            CREATE RULE rul AS ON DELETE TO u DO NOTHING;
            CREATE STATISTICS stat ON id, a FROM t;
            ALTER TABLE t CLUSTER ON t_a;
            """;

    /// Statements that may stand in a transaction; behind `--` what only the catalogue knows to be locked too.
    private static final String[] CASES = {
        "SELECT * FROM t",
        "SELECT * FROM t JOIN u ON u.t_id = t.id, LATERAL (SELECT 1 FROM other) AS o",
        "SELECT * FROM only t WHERE EXISTS (SELECT FROM u WHERE u.id = t.id)",
        "SELECT extract(year FROM now()), t.* FROM t WHERE t.a IS DISTINCT FROM t.c",
        "SELECT * FROM generate_series(1, 2) AS g, public.u",
        "SELECT substring(b FROM 1 FOR 2), trim(both 'x' FROM b) FROM t",
        "SELECT * FROM (t CROSS JOIN u) UNION SELECT 1, 2, '3', 4, 5, 6, 7, '8' FROM other",
        "SELECT * FROM t FOR UPDATE",
        "SELECT * FROM t FOR NO KEY UPDATE",
        "TABLE t",
        "VALUES (1)",
        "WITH x AS (SELECT * FROM t), y (z) AS NOT MATERIALIZED (SELECT 1) SELECT * FROM x, y",
        "WITH gone AS (DELETE FROM u RETURNING *) INSERT INTO other SELECT id, t_id FROM gone",
        "INSERT INTO t (id) VALUES (1)",
        "INSERT INTO other SELECT id, a FROM t",
        "INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET a = 2",
        "UPDATE t SET a = 1 WHERE id = 2",
        "UPDATE only t AS z SET a = u.id FROM u WHERE u.t_id = z.id",
        "DELETE FROM t WHERE id = 1",
        "DELETE FROM t USING u WHERE u.t_id = t.id",
        "MERGE INTO other o USING t ON o.id = t.id WHEN MATCHED THEN UPDATE SET a = 1 WHEN NOT MATCHED THEN INSERT VALUES (1, 2)",
        "EXPLAIN SELECT * FROM t",
        "EXPLAIN (ANALYZE) UPDATE t SET a = 1",
        "DECLARE cur CURSOR FOR SELECT * FROM t",
        "COPY t TO '/dev/null'",
        "COPY (SELECT * FROM t) TO '/dev/null'",
        "TRUNCATE other",
        "TRUNCATE TABLE ONLY other, heir, son RESTART IDENTITY",
        "LOCK TABLE t, u IN SHARE ROW EXCLUSIVE MODE",
        "LOCK t",
        "LOCK TABLE ONLY t IN ACCESS SHARE MODE NOWAIT",
        "ANALYZE t, u (id)",
        "REFRESH MATERIALIZED VIEW m -- t ACCESS SHARE",
        "REFRESH MATERIALIZED VIEW CONCURRENTLY m -- t ACCESS SHARE",
        "CLUSTER t USING t_a",
        "REINDEX TABLE t",
        "CREATE INDEX ON t (c)",
        "CREATE UNIQUE INDEX IF NOT EXISTS t_c ON public.t USING btree (c) WHERE c > 1",
        "CREATE TABLE n (id int REFERENCES t, x int, FOREIGN KEY (x) REFERENCES u (id))",
        "CREATE TABLE n (LIKE t INCLUDING ALL, y int)",
        "CREATE TABLE n () INHERITS (other)",
        "CREATE TABLE n PARTITION OF parent FOR VALUES FROM (10) TO (20)",
        "CREATE TABLE n AS SELECT * FROM t",
        "SELECT * INTO n FROM t",
        "CREATE VIEW n AS SELECT * FROM t",
        "CREATE OR REPLACE VIEW v AS SELECT id FROM t",
        "CREATE MATERIALIZED VIEW n AS SELECT * FROM t",
        "CREATE TRIGGER n AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE RULE n AS ON DELETE TO t DO NOTHING",
        "CREATE POLICY n ON t USING (true)",
        "CREATE STATISTICS n ON id, c FROM t",
        "CREATE SEQUENCE n OWNED BY t.a",
        "CREATE FUNCTION n() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT 1; SELECT 2; END",
        "ALTER POLICY pol ON t USING (false)",
        "ALTER TRIGGER trg ON t RENAME TO n",
        "ALTER RULE rul ON u RENAME TO n",
        "ALTER VIEW v RENAME TO n",
        "ALTER SEQUENCE s INCREMENT BY 2",
        "ALTER SEQUENCE s RENAME TO n",
        "ALTER SEQUENCE s OWNED BY t.a",
        "ALTER MATERIALIZED VIEW m RENAME TO n",
        "ALTER TYPE mood ADD VALUE 'la'",
        "ALTER TABLE t ADD COLUMN n int",
        "ALTER TABLE t ADD n int NOT NULL DEFAULT 1, ADD COLUMN IF NOT EXISTS o text",
        "ALTER TABLE t ADD COLUMN n int REFERENCES u",
        "ALTER TABLE t DROP COLUMN d",
        "ALTER TABLE t ALTER COLUMN d TYPE bigint",
        "ALTER TABLE t ALTER d SET DEFAULT 2",
        "ALTER TABLE t ALTER d DROP DEFAULT",
        "ALTER TABLE t ALTER d SET NOT NULL",
        "ALTER TABLE t ALTER d DROP NOT NULL",
        "ALTER TABLE t ALTER d SET STATISTICS 100",
        "ALTER TABLE t ALTER d SET (n_distinct = 5)",
        "ALTER TABLE t ALTER b SET STORAGE external",
        "ALTER TABLE t ALTER id ADD GENERATED ALWAYS AS IDENTITY",
        "ALTER TABLE t ADD CONSTRAINT n CHECK (a > 0) NOT VALID",
        "ALTER TABLE t ADD CONSTRAINT n UNIQUE (c)",
        "ALTER TABLE t ADD CONSTRAINT n UNIQUE USING INDEX t_a",
        "ALTER TABLE linked ADD CONSTRAINT n FOREIGN KEY (t_id) REFERENCES t NOT VALID",
        "ALTER TABLE linked ADD FOREIGN KEY (t_id) REFERENCES t (id) ON DELETE SET NULL",
        "ALTER TABLE linked VALIDATE CONSTRAINT linked_fk -- u ROW SHARE",
        "ALTER TABLE linked DROP CONSTRAINT linked_fk -- u ACCESS EXCLUSIVE",
        "ALTER TABLE t DROP CONSTRAINT c_positive",
        "ALTER TABLE t RENAME TO n",
        "ALTER TABLE t RENAME d TO n",
        "ALTER TABLE t RENAME CONSTRAINT c_positive TO n",
        "ALTER TABLE t SET SCHEMA other_schema",
        "ALTER TABLE other SET UNLOGGED",
        "ALTER TABLE t SET (fillfactor = 70, autovacuum_enabled = false)",
        "ALTER TABLE t SET (user_catalog_table = true)",
        "ALTER TABLE t RESET (fillfactor)",
        "ALTER TABLE t CLUSTER ON t_b",
        "ALTER TABLE t SET WITHOUT CLUSTER",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE t DISABLE TRIGGER trg",
        "ALTER TABLE t ENABLE ALWAYS TRIGGER trg",
        "ALTER TABLE u DISABLE RULE rul",
        "ALTER TABLE t REPLICA IDENTITY FULL",
        "ALTER TABLE t OWNER TO postgres",
        "ALTER TABLE other INHERIT heir",
        "ALTER TABLE son NO INHERIT heir",
        "ALTER TABLE parent ATTACH PARTITION other FOR VALUES FROM (10) TO (20)",
        "ALTER TABLE parent DETACH PARTITION part",
        "ALTER INDEX t_b RENAME TO n -- t none",
        "DROP TABLE other, heir, son",
        "DROP VIEW v",
        "DROP MATERIALIZED VIEW m",
        "DROP SEQUENCE s",
        "DROP INDEX t_b -- t ACCESS EXCLUSIVE",
        "DROP TRIGGER trg ON t",
        "DROP POLICY pol ON t",
        "DROP RULE rul ON u",
        "COMMENT ON TABLE t IS 'x'",
        "COMMENT ON COLUMN public.t.a IS 'x'",
        "COMMENT ON CONSTRAINT c_positive ON t IS 'x'",
        "COMMENT ON TRIGGER trg ON t IS 'x'",
        "COMMENT ON VIEW v IS 'x'",
        "GRANT SELECT ON t TO public -- t none, or since 16 ACCESS SHARE",
        "SET LOCAL lock_timeout = '1s'",
        "DO $$ begin null; end $$",
    };

    /// Statements that may not stand in a transaction, with the table for whose lock they wait first.
    private static final String[] ALONE = {
        "CREATE INDEX CONCURRENTLY n ON t (c)",
        "REINDEX TABLE CONCURRENTLY t",
        "REINDEX (CONCURRENTLY) TABLE t",
        "VACUUM t",
        "VACUUM (ANALYZE, VERBOSE) t",
        "VACUUM FULL t",
        "VACUUM (FULL) t",
        "ALTER TABLE parent DETACH PARTITION part CONCURRENTLY",
    };

    @TempDir private static Path folder;
    private static Servers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers(folder);
        for (var server : servers.all()) {
            try (var connection = server.connect();
                    var statement = connection.createStatement()) {
                statement.execute(SCHEMA);
            }
        }
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void insideATransaction() throws Exception {
        var wrong = new ArrayList<String>();
        for (var server : servers.all()) {
            try (var connection = server.connect()) {
                connection.setAutoCommit(false);
                var before = relations(connection);
                for (var text : CASES) {
                    var parts = text.split(" -- ", 2);
                    var expected = taken(connection, parts[0], before);
                    var said = said(parts[0]);
                    if (parts.length > 1) {
                        expected.remove(parts[1].substring(0, parts[1].indexOf(' ')));
                    }
                    if (!said.equals(expected)) {
                        wrong.add(
                                "%s%n  server %s: %s%n  here: %s"
                                        .formatted(
                                                text,
                                                connection
                                                        .getMetaData()
                                                        .getDatabaseProductVersion(),
                                                expected,
                                                said));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(CASES.length + ALONE.length).isGreaterThanOrEqualTo(60);
    }

    @Test
    void outsideOfOne() throws Exception {
        for (var server : servers.all()) {
            for (var text : ALONE) {
                assertThat(said(text)).as(text).containsAllEntriesOf(wantedBy(server, text));
            }
        }
    }

    private static Map<String, LockMode> said(String text) {
        var said = new TreeMap<String, LockMode>();
        Sql.facts(text).locks().forEach(lock -> said.put(lock.table().name(), lock.mode()));
        return said;
    }

    private static List<String> relations(Connection connection) throws SQLException {
        var names = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static Map<String, LockMode> taken(
            Connection connection, String text, List<String> before) throws SQLException {
        try (var statement = connection.createStatement()) {
            // By oid before the statement: it may rename what it locks.
            statement.execute(
                    "CREATE TEMP TABLE names ON COMMIT DROP AS SELECT oid, relname FROM pg_class WHERE oid IN (%s)"
                            .formatted(String.join(", ", before)));
            statement.execute(text);
            return locks(
                    connection,
                    "SELECT n.relname, l.mode FROM pg_locks l JOIN names n ON n.oid = l.relation WHERE l.pid = pg_backend_pid()");
        } catch (SQLException e) {
            throw new AssertionError(text, e);
        } finally {
            connection.rollback();
        }
    }

    private static Map<String, LockMode> locks(Connection connection, String query)
            throws SQLException {
        var found = new TreeMap<String, LockMode>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.merge(
                        rows.getString(1),
                        mode(rows.getString(2)),
                        (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
        }
        return found;
    }

    /// `AccessShareLock` is ACCESS SHARE.
    private static LockMode mode(String name) {
        return LockMode.valueOf(
                name.replaceFirst("Lock$", "")
                        .replaceAll("(?<=.)([A-Z])", "_$1")
                        .toUpperCase(java.util.Locale.ROOT));
    }

    /// What a statement waits for when somebody else lets nobody change the tables.
    private static Map<String, LockMode> wantedBy(RealServer server, String text) throws Exception {
        try (var blocker = server.connect();
                var connection = server.connect();
                var watcher = server.connect();
                var statement = connection.createStatement()) {
            int pid = connection.unwrap(org.postgresql.PGConnection.class).getBackendPID();
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("LOCK TABLE t, u, parent, part IN SHARE MODE");
            var thread =
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    statement.execute("SET statement_timeout = '20s'");
                                    statement.execute(text);
                                } catch (SQLException e) {
                                    // it is cancelled below
                                }
                            });
            var wanted = Map.<String, LockMode>of();
            var deadline = Deadline.in(Duration.ofSeconds(15), Ticker.SYSTEM);
            while (wanted.isEmpty() && !deadline.passed()) {
                wanted =
                        locks(
                                watcher,
                                "SELECT relation::regclass::text, mode FROM pg_locks WHERE NOT granted AND relation IS NOT NULL AND pid = "
                                        + pid);
                Ticker.SYSTEM.pause(Duration.ofMillis(5));
            }
            statement.cancel();
            thread.join();
            blocker.rollback();
            assertThat(wanted).as(text).isNotEmpty();
            return wanted;
        }
    }
}
