package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.migrate.MigrateOutcome.Done;
import dev.fairlead.migrate.MigrateOutcome.Stopped;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.migrate.server.Wire;
import dev.fairlead.testkit.Covers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What surrounds a run fails: the run says so, and the next one goes on.
///
/// Its tests run side by side: most of their time is waiting.
@ParameterizedClass
@EnumSource(Release.class)
@Execution(ExecutionMode.CONCURRENT)
class TroubleIT {
    private final Release release;
    private final PostgresServer server;
    private final Db db;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    TroubleIT(Release release) {
        this.release = release;
        server = PostgresServer.shared(release);
        db = server.fresh();
        Gate.build(db);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private Migrations of(Migration... migrations) {
        return Migrations.of(db.url()).from(List.of(migrations));
    }

    /// Runs until a statement stands before the gate, and goes on beside the test.
    private Future<MigrateOutcome> begun(Migrations migrations) throws InterruptedException {
        return begun(migrations, db);
    }

    private Future<MigrateOutcome> begun(Migrations migrations, Db of) throws InterruptedException {
        Gate.close(of);
        var running = threads.submit(() -> migrations.up());
        Gate.awaitSomebody(of, running);
        return running;
    }

    private static final Migration FIRST = Sample.sql("a.1", "CREATE TABLE t (id int)");
    private static final Migration SLOW =
            Sample.sql("a.2", "CREATE TABLE u AS SELECT 1 AS x FROM gate.pass()");
    private static final Migration SLEEPY =
            Sample.of("a.3")
                    .outside(
                            "CREATE TABLE v (id int); SELECT pg_sleep(60) FROM gate.closed; CREATE TABLE w (id int)")
                    .build();

    @Test
    void aTerminatedBackendStopsTheRunAndTheNextGoesOn() throws Exception {
        var running = begun(of(FIRST, SLOW));
        db.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fairlead-migrate works' AND datname = current_database()");
        assertThat(running.get())
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> {
                            assertThat(stopped.failed().problem().code())
                                    .isEqualTo(MigrateCode.DATABASE_UNREACHABLE);
                            assertThat(stopped.applied()).hasSize(1);
                        });
        Gate.open(db);
        assertThat(of(FIRST, SLOW).up()).isInstanceOf(Done.class);
    }

    @Test
    void whoLosesItsTurnEndsAtOnceAndWritesNothingMore() throws Exception {
        var running = begun(of(FIRST, SLOW));
        db.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'fairlead-migrate waits its turn' AND datname = current_database()");
        assertThat(running.get().problems().getFirst().code())
                .isEqualTo(MigrateCode.MIGRATOR_REPLACED);
        assertThat(db.rows("SELECT key FROM fairlead.migration_history")).containsExactly("a.1");
        Gate.open(db);
        assertThat(of(FIRST, SLOW).up()).isInstanceOf(Done.class);
    }

    @Test
    @Covers("MIG-04")
    void aTokenThatIsOverWritesNothing() throws Exception {
        var running = begun(of(FIRST, SLOW));
        db.run("UPDATE fairlead.migration_turn SET token = token + 1 WHERE lane = 'main'");
        Gate.open(db);
        assertThat(running.get().problems().getFirst().code())
                .isEqualTo(MigrateCode.MIGRATOR_REPLACED);
        assertThat(db.value("SELECT to_regclass('u')")).isEqualTo("null");
    }

    @Test
    void aNetworkThatIsCutInTheMiddleOfAPartIsAskedAbout() throws Exception {
        try (var wire = new Wire(server.port())) {
            var running =
                    begun(Migrations.of(db.urlThrough(wire.port())).from(List.of(FIRST, SLEEPY)));
            wire.cut();
            assertThat(codeOf(running))
                    .isIn(MigrateCode.DATABASE_UNREACHABLE, MigrateCode.MIGRATOR_REPLACED);
        }
        Gate.open(db);
        assertThat(of(FIRST, SLEEPY).up()).isInstanceOf(Done.class);
        assertThat(db.value("SELECT to_regclass('w')")).isEqualTo("w");
    }

    @Test
    void aNetworkThatSwallowsEverythingIsNoticed() throws Exception {
        try (var wire = new Wire(server.port())) {
            var running =
                    begun(Migrations.of(db.urlThrough(wire.port())).from(List.of(FIRST, SLOW)));
            wire.swallow();
            assertThat(codeOf(running))
                    .isIn(MigrateCode.DATABASE_UNREACHABLE, MigrateCode.MIGRATOR_REPLACED);
        }
        Gate.open(db);
        assertThat(of(FIRST, SLOW).up()).isInstanceOf(Done.class);
    }

    private static Object codeOf(Future<MigrateOutcome> running) throws Exception {
        try {
            return running.get(5, TimeUnit.MINUTES).problems().getFirst().code();
        } catch (java.util.concurrent.ExecutionException e) {
            return ((ProblemException) e.getCause()).problems().getFirst().code();
        }
    }

    @Test
    void aServerThatCrashesKeepsWhatItSaidIsDone() throws Exception {
        try (var own = PostgresServer.start(release, Map.of())) {
            var there = own.fresh();
            Gate.build(there);
            var running = begun(Migrations.of(there.url()).from(List.of(FIRST, SLOW)), there);
            own.stop();
            assertThat(codeOf(running))
                    .isIn(MigrateCode.DATABASE_UNREACHABLE, MigrateCode.MIGRATOR_REPLACED);
            own.start();
            Gate.open(there);
            assertThat(Migrations.of(there.url()).from(List.of(FIRST, SLOW)).up())
                    .isInstanceOf(Done.class);
            own.stop();
            own.start();
            assertThat(Migrations.of(there.url()).from(List.of(FIRST, SLOW)).ready().satisfied())
                    .isTrue();
            assertThat(Migrations.of(there.url()).from(List.of(FIRST, SLOW)).verify().intact())
                    .isTrue();
        }
    }

    @Test
    void aStepThatDoesNotGetItsLockLetsOthersPassAndTriesAgain() throws Exception {
        of(FIRST).up();
        var alter = Sample.sql("a.2", "ALTER TABLE t ADD COLUMN n int");
        var retries = new ConcurrentLinkedQueue<String>();
        var quick = MigrateOptions.DEFAULTS.withLocks(Duration.ofMillis(100), 50);
        try (var reader = db.connect();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT * FROM t");
            var migrations =
                    of(FIRST, alter)
                            .with(quick)
                            .listening(event -> {
                                if (event instanceof MigrateEvent.Retrying retrying) {
                                    retries.add(retrying.why());
                                }
                            });
            var running = threads.submit(migrations::up);
            var load = new ArrayList<Long>();
            while (retries.size() < 3) {
                long began = System.nanoTime();
                db.rows("SELECT count(*) FROM t");
                load.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
            }
            assertThat(load).isNotEmpty();
            reader.rollback();
            assertThat(running.get()).isInstanceOf(Done.class);
        }
        assertThat(retries)
                .allMatch(why -> why.contains("canceling statement due to lock timeout"));
    }

    @Test
    void whoHoldsTheTableIsNamedWhenALockIsNeverGranted() throws Exception {
        of(FIRST).up();
        try (var reader = db.connect();
                var statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SET application_name = 'report'; SELECT * FROM t");
            var outcome =
                    of(FIRST, Sample.sql("a.2", "ALTER TABLE t ADD COLUMN n int"))
                            .with(MigrateOptions.DEFAULTS.withLocks(Duration.ofMillis(50), 2))
                            .up();
            var problem = outcome.problems().getFirst();
            assertThat(problem.code()).isEqualTo(MigrateCode.LOCK_NOT_GRANTED);
            assertThat(problem.evidence().getFirst())
                    .contains("t is held in AccessShareLock", "report");
        }
    }

    @Test
    void anAttemptEndsWhenItsTimeIsOverHoweverManyStatementsItHas() throws Exception {
        var slow =
                Sample.of("a.1")
                        .timeout(Duration.ofMillis(500))
                        .schema(
                                "CREATE TABLE t (id int); SELECT pg_sleep(0.2); SELECT pg_sleep(0.2); SELECT pg_sleep(0.2); SELECT pg_sleep(60)")
                        .build();
        assertThat(of(slow).up().problems().getFirst().toString())
                .contains(
                        "STEP_TIMED_OUT a.1@1.0.0 step 1 of 1 (schema) did not end within 500 ms");
        assertThat(db.value("SELECT to_regclass('t')")).isEqualTo("null");
    }

    @Test
    void retriesAreAttemptsThatTheHistoryKeeps() throws Exception {
        db.run("CREATE SEQUENCE attempts");
        var third =
                Sample.of("a.1").retries(2).schema("SELECT 1 / (nextval('attempts') / 3)").build();
        assertThat(of(third).up()).isInstanceOf(Done.class);
        assertThat(db.rows("SELECT outcome FROM fairlead.migration_history ORDER BY id"))
                .containsExactly("FAILED", "FAILED", "DONE");
    }

    @Test
    void askedToEndItEndsWithItsStatementAndGoesOnLater() throws Exception {
        var wish = new Cancellation();
        var running = begun(of(FIRST, SLOW).until(wish));
        wish.request();
        assertThat(running.get().problems().getFirst().code()).isEqualTo(MigrateCode.INTERRUPTED);
        Gate.open(db);
        assertThat(of(FIRST, SLOW).up()).isInstanceOf(Done.class);
    }

    @Test
    void aFailedConcurrentBuildLeavesNoIndexAndRunsAgain() throws Exception {
        db.run("CREATE TABLE t (id int); INSERT INTO t VALUES (1), (1)");
        var unique =
                Sample.of("a.1").outside("CREATE UNIQUE INDEX CONCURRENTLY t_id ON t (id)").build();
        assertThat(of(unique).up().problems().getFirst().what())
                .contains("could not create unique index");
        assertThat(db.invalidIndexes()).isEmpty();
        db.run("DELETE FROM t");
        assertThat(of(unique).up()).isInstanceOf(Done.class);
        assertThat(db.value("SELECT indisvalid FROM pg_index WHERE indexrelid = 't_id'::regclass"))
                .isEqualTo("t");
    }

    @Test
    void whatNobodyKnowsAfterACrashWaitsForAPerson() throws Exception {
        db.run("CREATE TABLE t (id int)");
        var call =
                Sample.of("a.1")
                        .outside(
                                """
                                CREATE PROCEDURE slow() LANGUAGE plpgsql AS $$
                                    BEGIN INSERT INTO t VALUES (1); COMMIT; PERFORM gate.pass(); INSERT INTO t VALUES (2); END $$;
                                CALL slow()\
                                """)
                        .build();
        var running = begun(of(call));
        db.run(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'fairlead-migrate%' AND datname = current_database()");
        assertThat(codeOf(running))
                .isIn(MigrateCode.DATABASE_UNREACHABLE, MigrateCode.MIGRATOR_REPLACED);
        Gate.open(db);
        var stuck = of(call).up().problems().getFirst();
        assertThat(stuck.code()).isEqualTo(MigrateCode.MIGRATION_UNFINISHED);
        assertThat(stuck.hint().orElseThrow())
                .contains("repair --done a.1@1.0.0#1, or --again a.1@1.0.0#1");
        of(call).repair(
                        new Migrations.Repair(List.of(), List.of("a.1@1.0.0#1"), List.of(), false),
                        "I inserted 2 by hand");
        assertThat(of(call).up()).isInstanceOf(Done.class);
        assertThat(db.value("SELECT count(*) FROM t")).isEqualTo("1");
    }

    @Test
    void aFullDiskStopsTheRunAndLeavesNothing() throws Exception {
        db.run("ALTER DATABASE " + db.name() + " SET temp_file_limit = '2MB'");
        var big =
                Sample.sql(
                        "a.2",
                        "CREATE TABLE big AS SELECT i FROM generate_series(1, 2000000) i ORDER BY i DESC");
        assertThat(of(FIRST, big).up().problems().getFirst().what())
                .contains("temporary file size exceeds");
        assertThat(db.value("SELECT to_regclass('big')")).isEqualTo("null");
        db.run("ALTER DATABASE " + db.name() + " RESET temp_file_limit");
        assertThat(of(FIRST, big).up()).isInstanceOf(Done.class);
    }
}
