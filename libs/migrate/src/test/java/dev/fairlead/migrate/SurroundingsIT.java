package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.migrate.MigrateOutcome.Done;
import dev.fairlead.migrate.MigrateOutcome.Stopped;
import dev.fairlead.migrate.MigrateOutcome.Waiting;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/// Databases, users and ways to them as they are elsewhere.
@ParameterizedClass
@EnumSource(Release.class)
class SurroundingsIT {
    private static final Migration ONE = Sample.sql("a.1", "CREATE TABLE t (id int)");
    private static final Migration TWO = Sample.sql("a.2", "CREATE TABLE u (id int)");

    private final Db db;

    SurroundingsIT(Release release) {
        db = PostgresServer.shared(release).fresh();
    }

    private Migrations of(Migration... migrations) {
        return Migrations.of(db.url()).from(List.of(migrations));
    }

    private static Problem problem(ThrowingCallable call) {
        var found = new Problem[1];
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> found[0] = e.problems().getFirst());
        return found[0];
    }

    /// A data source whose connections are one and the same session, as a pooler in transaction mode may give them out.
    private PGSimpleDataSource shared(Connection session) {
        return new PGSimpleDataSource() {
            @Override
            public Connection getConnection() {
                return (Connection)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {Connection.class},
                                (_, method, arguments) -> {
                                    if (method.getName().equals("close")) {
                                        return null;
                                    }
                                    try {
                                        return method.invoke(session, arguments);
                                    } catch (InvocationTargetException e) {
                                        throw e.getCause();
                                    }
                                });
            }
        };
    }

    @Test
    @Covers("MIG-04")
    void aPoolerThatSharesSessionsIsFoundOutBeforeAnythingRuns() throws SQLException {
        try (var session = db.connect()) {
            var migrations = Migrations.of(shared(session)).from(List.of(ONE));
            assertThat(problem(migrations::up).code()).isEqualTo(MigrateCode.SESSIONS_SHARED);
            assertThat(problem(migrations::rehearse).code()).isEqualTo(MigrateCode.SESSIONS_SHARED);
        }
        assertThat(db.value("SELECT to_regclass('t')")).isEqualTo("null");
        assertThat(
                        db.value(
                                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEqualTo("0");
    }

    @Test
    void aDatabaseThatIsReadOnlySaysWhatToDo() {
        db.run("ALTER DATABASE " + db.name() + " SET default_transaction_read_only = on");
        var refused = problem(of(ONE)::up);
        assertThat(refused.code()).isEqualTo(MigrateCode.DATABASE_REFUSED);
        assertThat(refused.hint().orElseThrow()).contains("default_transaction_read_only");
        assertThat(of(ONE).plan().steps()).hasSize(1);
    }

    @Test
    void aRoleThatMayOnlyReadPlansWaitsAndVerifiesAndOneThatMayNotMakeTablesForUsMigrates()
            throws Exception {
        db.run(
                "DO $$ BEGIN CREATE ROLE reader LOGIN PASSWORD '%1$s'; CREATE ROLE writer LOGIN PASSWORD '%1$s'; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
                        .formatted(PostgresServer.PASSWORD));
        var reader = Migrations.of(db.urlAs("reader")).from(List.of(ONE));
        assertThat(reader.plan().steps()).hasSize(1);
        assertThat(reader.ready().satisfied()).isFalse();
        of(ONE).up();
        assertThat(problem(reader::plan).hint().orElseThrow()).contains("GRANT USAGE ON SCHEMA");
        db.run(
                "GRANT USAGE ON SCHEMA fairlead TO reader, writer; GRANT SELECT ON ALL TABLES IN SCHEMA fairlead TO reader;"
                        + " GRANT ALL ON ALL TABLES IN SCHEMA fairlead TO writer; GRANT CREATE ON SCHEMA public TO writer;"
                        + " DROP TABLE fairlead.migration_state");
        assertThat(reader.plan().steps()).isEmpty();
        assertThat(reader.ready().satisfied()).isTrue();
        assertThat(reader.verify().intact()).isTrue();
        assertThat(reader.drift().known()).isFalse();
        assertThat(Migrations.of(db.urlAs("writer")).from(List.of(ONE, TWO)).up())
                .isInstanceOf(Done.class);
        assertThat(Migrations.of(db.urlAs("reader")).from(List.of(ONE, TWO)).ready().satisfied())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pg_catalog", "app, public", "\"$user\""})
    void whateverTheSearchPathIsOnlyTheStepsSeeIt(String path) throws Exception {
        db.run("CREATE SCHEMA app; CREATE TABLE app.migration_head (id int)");
        db.run("ALTER DATABASE %s SET search_path = '%s'".formatted(db.name(), path));
        var qualified = Sample.sql("a.1", "CREATE TABLE public.t (id int)");
        var outside =
                Sample.of("a.2").outside("CREATE INDEX CONCURRENTLY t_id ON public.t (id)").build();
        assertThat(of(qualified, outside).up()).isInstanceOf(Done.class);
        assertThat(of(qualified, outside).verify().intact()).isTrue();
        assertThat(of(qualified, outside).drift().known()).isTrue();
        assertThat(of(qualified, outside).ready().satisfied()).isTrue();
    }

    @Test
    void twoOwnersOfOneDatabaseDoNotSeeEachOthersMigrationsAsTheirOwn() throws Exception {
        of(ONE).up();
        var other = Sample.sql("b.1", "CREATE TABLE of_b (id int)");
        assertThat(of(other).up()).isInstanceOf(Done.class);
        assertThat(of(ONE).ready().satisfied()).isTrue();
        assertThat(of(other).ready().satisfied()).isTrue();
        assertThat(of(ONE).plan().steps()).isEmpty();
        assertThat(of(ONE).plan().missing())
                .extracting(one -> one.id())
                .containsExactly("b.1@1.0.0");
        assertThat(of(ONE).up())
                .isInstanceOfSatisfying(Done.class, done -> assertThat(done.applied()).isEmpty());
    }

    @Test
    void aRestoredCopyGoesOnWithItsHistoryButApprovalsOfTheOriginalDoNotCount() throws Exception {
        var wanted = Sample.of("a.2").schema("CREATE TABLE u (id int)").approval().build();
        of(ONE).up();
        of(ONE, wanted).approve(of(ONE, wanted).plan().hash(), "ada", "");
        var copy = db.server().copyOf(db);
        var there = Migrations.of(copy.url()).from(List.of(ONE, wanted));
        assertThat(there.verify().intact()).isTrue();
        assertThat(there.plan().steps()).hasSize(1);
        assertThat(there.up()).isInstanceOf(Waiting.class);
        there.approve(there.plan().hash(), "ada", "");
        assertThat(there.up()).isInstanceOf(Done.class);
        assertThat(of(ONE, wanted).up()).isInstanceOf(Done.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prepareThreshold=0",
                "prepareThreshold=1",
                "preferQueryMode=simple",
                "preferQueryMode=extendedCacheEverything",
                "autosave=always",
                "reWriteBatchedInserts=true",
                "defaultRowFetchSize=1",
                "stringtype=unspecified"
            })
    void howTheDriverSendsStatementsChangesNothing(String setting) throws Exception {
        var all =
                List.of(
                        ONE,
                        Sample.sql(
                                "a.2", "INSERT INTO t VALUES (1), (2); UPDATE t SET id = id + 1"),
                        Sample.of("a.3")
                                .outside("CREATE INDEX CONCURRENTLY t_id ON t (id)")
                                .post("SELECT count(*) = 2 FROM t")
                                .build(),
                        Sample.sql(
                                "a.4", "CREATE TABLE x (id int);\nALTER TABLE nothing ADD y int"));
        var migrations =
                Migrations.of(
                                "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres&password=%s&%s"
                                        .formatted(
                                                db.server().port(),
                                                db.name(),
                                                PostgresServer.PASSWORD,
                                                setting))
                        .from(all);
        assertThat(migrations.rehearse().problems()).isEmpty();
        assertThat(migrations.up())
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped ->
                                assertThat(stopped.failed().problem().toString())
                                        .startsWith(
                                                "sample.sql:2:1 STEP_FAILED a.4@1.0.0 step 1 of 1 (schema) failed: relation \"nothing\" does not exist"));
        assertThat(db.value("SELECT to_regclass('x')")).isEqualTo("null");
        assertThat(db.rows("SELECT key, outcome, rows FROM fairlead.migration_history ORDER BY id"))
                .containsExactly("a.1|DONE|0", "a.2|DONE|4", "a.3|DONE|0", "a.4|FAILED|0");
        assertThat(migrations.verify().intact()).isTrue();
    }
}
