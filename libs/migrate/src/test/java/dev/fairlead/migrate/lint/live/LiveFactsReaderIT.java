package dev.fairlead.migrate.lint.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.lint.LiveFacts;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is read of a real database.
class LiveFactsReaderIT {
    private static LiveFacts read(Db db) throws SQLException {
        try (var connection = db.connect()) {
            return LiveFactsReader.read(connection);
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    @Covers("SPEC-07")
    void tellsRowsBytesAndColumns(Release release) throws SQLException {
        var db = PostgresServer.shared(release).fresh();
        db.run(
                """
                CREATE SCHEMA shop;
                CREATE TABLE shop."Order" (id bigint PRIMARY KEY, note varchar(20), mail text, plain int,
                    CONSTRAINT mail_known CHECK (mail IS NOT NULL));
                INSERT INTO shop."Order" SELECT i, 'n', 'm', 1 FROM generate_series(1, 5000) i;
                CREATE TABLE empty (a int);
                CREATE TABLE nothing ();
                CREATE TABLE parts (at date NOT NULL) PARTITION BY RANGE (at);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
                CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
                INSERT INTO parts SELECT '2026-01-05' FROM generate_series(1, 300);
                INSERT INTO parts SELECT '2026-02-05' FROM generate_series(1, 700);
                ALTER TABLE empty ADD CONSTRAINT later CHECK (a IS NOT NULL) NOT VALID;
                ANALYZE;
                """);
        var facts = read(db);
        assertThat(facts.known()).isTrue();
        assertThat(facts.serverVersion()).isGreaterThanOrEqualTo(150000).isLessThan(200000);
        assertThat(facts.tables())
                .containsOnlyKeys(
                        "shop.Order",
                        "public.empty",
                        "public.nothing",
                        "public.parts",
                        "public.parts_1",
                        "public.parts_2");
        var order = facts.tables().get("shop.Order");
        assertThat(order.rows()).isEqualTo(5000);
        assertThat(order.bytes()).isBetween(200_000L, 2_000_000L);
        assertThat(order.columns())
                .containsEntry("id", new LiveFacts.Column("bigint", true))
                .containsEntry("note", new LiveFacts.Column("character varying(20)", false))
                .containsEntry("mail", new LiveFacts.Column("text", true))
                .containsEntry("plain", new LiveFacts.Column("integer", false));
        assertThat(facts.tables().get("public.empty").rows()).isZero();
        assertThat(facts.tables().get("public.empty").columns())
                .as("a CHECK that is not valid yet proves nothing")
                .containsEntry("a", new LiveFacts.Column("integer", false));
        assertThat(facts.tables().get("public.parts").rows()).isEqualTo(1000);
        assertThat(facts.tables().get("public.parts").bytes())
                .isEqualTo(
                        facts.tables().get("public.parts_1").bytes()
                                + facts.tables().get("public.parts_2").bytes());
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void aTableThatWasNeverAnalysedIsNotTakenToBeEmpty(Release release) throws SQLException {
        var db = PostgresServer.shared(release).fresh();
        db.run(
                "CREATE TABLE t (a int) WITH (autovacuum_enabled = off);"
                        + " INSERT INTO t SELECT 1 FROM generate_series(1, 100)");
        assertThat(read(db).tables().get("public.t").rows()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void aTableThatSomebodyHoldsIsNotWaitedFor(Release release) throws SQLException {
        var db = PostgresServer.shared(release).fresh();
        db.run(
                "CREATE TABLE held (a int); INSERT INTO held SELECT 1 FROM generate_series(1, 5000);"
                        + " CREATE TABLE parts (a int) PARTITION BY LIST (a);"
                        + " CREATE TABLE part PARTITION OF parts FOR VALUES IN (1);"
                        + " INSERT INTO parts SELECT 1 FROM generate_series(1, 5000)");
        db.run("VACUUM ANALYZE");
        try (var other = db.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE held, part IN ACCESS EXCLUSIVE MODE");
            var tables = read(db).tables();
            assertThat(tables.get("public.held").rows()).isEqualTo(5000);
            assertThat(tables.get("public.held").bytes()).isGreaterThan(100_000);
            assertThat(tables.get("public.parts").rows()).isEqualTo(5000);
            other.rollback();
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void aRoleThatMayOnlyConnectIsEnoughAndNothingIsWritten(Release release) throws SQLException {
        var server = PostgresServer.shared(release);
        var db = server.fresh();
        db.run(
                "CREATE TABLE secret (a int); INSERT INTO secret VALUES (1);"
                        + " CREATE ROLE onlooker_"
                        + db.name()
                        + " LOGIN PASSWORD '"
                        + PostgresServer.PASSWORD
                        + "'");
        try (var connection =
                DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + db.name(),
                        "onlooker_" + db.name(),
                        PostgresServer.PASSWORD)) {
            var facts = LiveFactsReader.read(connection);
            assertThat(facts.tables().get("public.secret").rows()).isEqualTo(1);
            try (var statement = connection.createStatement();
                    var state =
                            statement.executeQuery(
                                    "SELECT pg_current_xact_id_if_assigned(), current_setting('transaction_read_only')")) {
                assertThat(state.next()).isTrue();
                assertThat(state.getString(1)).as("nothing was written").isNull();
                assertThat(state.getString(2))
                        .as("the transaction that could not write is over")
                        .isEqualTo("off");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void anEmptyDatabaseIsKnownAllTheSame(Release release) throws SQLException {
        var facts = read(PostgresServer.shared(release).fresh());
        assertThat(facts.known()).isTrue();
        assertThat(facts.tables()).isEmpty();
    }
}
