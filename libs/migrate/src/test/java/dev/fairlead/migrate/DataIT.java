package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Digest;
import dev.fairlead.migrate.MigrateOutcome.Done;
import dev.fairlead.migrate.MigrateOutcome.Stopped;
import dev.fairlead.migrate.MigrateOutcome.Waiting;
import dev.fairlead.migrate.await.AwaitResult;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/// Steps that change data: files from elsewhere, programs, people, many rows.
@ParameterizedClass
@EnumSource(Release.class)
class DataIT {
    private final Db db;

    DataIT(Release release) {
        db = PostgresServer.shared(release).fresh();
    }

    @TempDir private Path folder;

    private Migrations of(Migration... migrations) {
        return Migrations.of(db.url()).from(List.of(migrations));
    }

    private static Migration url(String address, String digest) {
        return Sample.of("a.1").data(new Script.Url(address, digest, true)).build();
    }

    @Test
    void aFileFromElsewhereRunsWhenItIsTheOneThatWasMeant() throws Exception {
        var sql =
                "CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2)"
                        .getBytes(StandardCharsets.UTF_8);
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    exchange.sendResponseHeaders(200, sql.length);
                    try (var body = exchange.getResponseBody()) {
                        body.write(sql);
                    }
                });
        server.start();
        try {
            var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/seed.sql";
            assertThat(of(url(address, "0".repeat(64))).up().problems())
                    .extracting(Problem::code)
                    .containsExactly(MigrateCode.DIGEST_DIFFERS);
            assertThat(db.value("SELECT to_regclass('t')")).isEqualTo("null");
            var small = limited(10);
            assertThat(
                            of(url(address, Digest.ofBytes(sql)))
                                    .with(small)
                                    .up()
                                    .problems()
                                    .getFirst()
                                    .what())
                    .contains("could not be fetched: it is larger than 10 bytes");
            assertThat(of(url(address, Digest.ofBytes(sql))).up()).isInstanceOf(Done.class);
        } finally {
            server.stop(0);
        }
        assertThat(db.rows("SELECT rows FROM fairlead.migration_history WHERE outcome = 'DONE'"))
                .containsExactly("2");
    }

    private static MigrateOptions limited(long bytes) {
        var all = MigrateOptions.DEFAULTS;
        return new MigrateOptions(
                all.who(),
                all.waitFor(),
                all.lockTimeout(),
                all.lockAttempts(),
                all.concurrentTimeout(),
                all.allowOutOfOrder(),
                all.goal(),
                all.background(),
                all.expectedPlan(),
                all.gooseTable(),
                bytes);
    }

    private Script.Exec program(String text) throws Exception {
        var file = folder.resolve("program.sh");
        Files.writeString(file, "#!/bin/sh\n" + text);
        file.toFile().setExecutable(true);
        return new Script.Exec(List.of("./program.sh", "one"), folder, Digest.ofText(text));
    }

    @Test
    void aProgramGetsTheDatabaseAndItsPasswordIsMaskedInWhatItSays() throws Exception {
        var good =
                Sample.of("a.1")
                        .data(
                                program(
                                        "echo \"$1 $PGUSER $PGDATABASE $DATABASE_URL\" > said; test -n \"$PGPASSWORD\""))
                        .build();
        assertThat(of(good).up()).isInstanceOf(Done.class);
        assertThat(Files.readString(folder.resolve("said")))
                .isEqualTo("one postgres %s %s\n".formatted(db.name(), db.url()));
        var bad = Sample.of("a.2").data(program("echo using $PGPASSWORD; exit 3")).build();
        assertThat(of(good, bad).up())
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> {
                            var problem = stopped.failed().problem();
                            assertThat(problem.what())
                                    .endsWith("ended with exit code 3: using ${secret:password}");
                            assertThat(problem.evidence()).contains("using ${secret:password}");
                        });
        var missing =
                Sample.of("a.2").data(new Script.Exec(List.of("./nothing"), folder, "")).build();
        assertThat(of(good, missing).up().problems().getFirst().what())
                .contains("ended with exit code 127: ");
    }

    @Test
    void aProgramThatTakesTooLongEndsWithEverythingThatItStarted() throws Exception {
        var stubborn =
                Sample.of("a.1")
                        .timeout(Duration.ofMillis(700))
                        .data(
                                program(
                                        "trap '' TERM INT HUP; (trap '' TERM; sleep 4711) & echo $! > child; sleep 4712"))
                        .build();
        assertThat(of(stubborn).up().problems().getFirst().code())
                .isEqualTo(MigrateCode.STEP_TIMED_OUT);
        var child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        for (int i = 0; i < 100 && ProcessHandle.of(child).isPresent(); i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(ProcessHandle.of(child)).isEmpty();
    }

    @Test
    void instructionsWaitForAPersonWhoSaysSo() throws Exception {
        var byHand =
                Sample.of("a.1")
                        .schema("CREATE TABLE t (id int)")
                        .post("SELECT count(*) = 1 FROM t")
                        .data(new Script.Instructions("insert one row\ncarefully"))
                        .schema("CREATE TABLE u (id int)")
                        .build();
        assertThat(of(byHand).up())
                .isInstanceOfSatisfying(
                        Waiting.class,
                        waiting -> {
                            assertThat(waiting.applied()).hasSize(1);
                            assertThat(waiting.wanted().getFirst().evidence())
                                    .containsExactly("insert one row", "carefully");
                        });
        of(byHand).approveDone("a.1", "ada", "done at noon");
        assertThat(of(byHand).up().problems())
                .extracting(Problem::code)
                .containsExactly(MigrateCode.CHECK_FAILED);
        db.run("INSERT INTO t VALUES (1)");
        assertThat(of(byHand).up()).isInstanceOf(Done.class);
        assertThat(
                        db.rows(
                                "SELECT step, outcome, detail ->> 'approvedBy' FROM fairlead.migration_history WHERE outcome <> 'FAILED' ORDER BY id"))
                .containsExactly("0|DONE|null", "1|ACCEPTED|ada", "2|DONE|null");
    }

    private static Migration backfill(Duration pause, boolean behind) {
        var sample = Sample.of("a.2");
        sample.data(
                new Script.Backfill(
                        "t",
                        List.of("tenant", "id"),
                        Sample.text("UPDATE t SET n = n + 1 WHERE :batch"),
                        Optional.of("id % 2 = 0"),
                        7,
                        pause));
        return behind ? sample.background().build() : sample.build();
    }

    private static final Migration TABLE =
            Sample.sql(
                    "a.1",
                    "CREATE TABLE t (tenant text, id int, n int DEFAULT 0, PRIMARY KEY (tenant, id));"
                            + " INSERT INTO t SELECT 'tenant ''' || i % 3, i FROM generate_series(1, 100) i");

    @Test
    void everyMeantRowIsFilledOnceWhateverTheKey() throws Exception {
        var progress = new ArrayList<MigrateEvent.Progressed>();
        var outcome =
                of(TABLE, backfill(Duration.ZERO, false))
                        .listening(event -> {
                            if (event instanceof MigrateEvent.Progressed one) {
                                progress.add(one);
                            }
                        })
                        .up();
        assertThat(outcome.problems()).isEmpty();
        assertThat(db.rows("SELECT id % 2, n, count(*) FROM t GROUP BY 1, 2 ORDER BY 1"))
                .containsExactly("0|1|50", "1|0|50");
        assertThat(progress).hasSize(8);
        assertThat(progress.getLast().rows()).isEqualTo(50);
        assertThat(db.rows("SELECT key, rows FROM fairlead.migration_history ORDER BY id"))
                .containsExactly("a.1|100", "a.2|50");
    }

    @Test
    void aBackfillPausesAndGoesOnWhenAnotherProcessSaysSo() throws Exception {
        var migrations = of(TABLE, backfill(Duration.ofMillis(20), false));
        var notes = new CopyOnWriteArrayList<String>();
        of(TABLE).up();
        migrations.pause("a.2", true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    threads.submit(() ->
                            migrations
                                    .listening(event -> {
                                        if (event instanceof MigrateEvent.Noted noted) {
                                            notes.add(noted.what());
                                        }
                                    })
                                    .up());
            for (int i = 0; i < 500 && notes.isEmpty(); i++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            assertThat(notes).anyMatch(note -> note.startsWith("paused"));
            assertThat(migrations.ready().toString())
                    .contains("a.2@1.0.0 is filling rows: 7 of about 100, paused");
            migrations.pause("a.2", false);
            assertThat(running.get()).isInstanceOf(Done.class);
        }
        assertThat(db.value("SELECT sum(n) FROM t")).isEqualTo("50");
    }

    @Test
    void nobodyWaitsForWhatRunsBehind() throws Exception {
        var all =
                of(
                        TABLE,
                        backfill(Duration.ZERO, true),
                        Sample.sql("a.3", "CREATE TABLE u (id int)"));
        assertThat(all.up())
                .isInstanceOfSatisfying(
                        Done.class,
                        done -> {
                            assertThat(done.applied()).hasSize(2);
                            assertThat(done.background())
                                    .extracting(Object::toString)
                                    .containsExactly("a.2");
                        });
        assertThat(all.ready())
                .isEqualTo(new AwaitResult.Satisfied(List.of("a.2@1.0.0 has not run")));
        assertThat(all.background())
                .isInstanceOfSatisfying(Done.class, done -> assertThat(done.applied()).hasSize(1));
        assertThat(db.value("SELECT sum(n) FROM t")).isEqualTo("50");
        assertThat(all.plan().steps()).isEmpty();
        assertThat(all.ready()).isEqualTo(new AwaitResult.Satisfied(List.of()));
    }

    @Test
    void threeLinesAreEnoughForAProgram() throws Exception {
        Files.writeString(
                folder.resolve("00001_users.sql"),
                "-- +goose Up\nCREATE TABLE users (id int);\n-- +goose Down\nDROP TABLE users;\n");
        Files.writeString(
                folder.resolve("00002_index.sql"),
                "-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY users_id ON users (id);\n");
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://127.0.0.1:%d/%s".formatted(db.server().port(), db.name()));
        source.setUser("postgres");
        source.setPassword(PostgresServer.PASSWORD);

        var migrations = Migrations.of(source).from(folder, "billing");
        var outcome = migrations.up();
        boolean ready = migrations.ready().satisfied();

        assertThat(outcome).isInstanceOf(Done.class);
        assertThat(ready).isTrue();
        assertThat(db.rows("SELECT key FROM fairlead.migration_history ORDER BY id"))
                .containsExactly("billing.sql.1", "billing.sql.2");
    }

    @Test
    void waitingSaysWhatItWaitsForAndEndsWhenItIsThere() throws Exception {
        var migrations = of(TABLE, Sample.sql("a.2", "SELECT 1"));
        var said = new CopyOnWriteArrayList<List<String>>();
        assertThat(migrations.await(Duration.ofMillis(10), said::add).satisfied()).isFalse();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> migrations.await(Duration.ofSeconds(30), said::add));
            for (int i = 0; i < 500 && said.isEmpty(); i++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            migrations.up();
            assertThat(waiting.get().satisfied()).isTrue();
        }
        assertThat(said.getFirst())
                .containsExactly("a.1@1.0.0 has not run", "a.2@1.0.0 has not run");
    }

    @Test
    @Covers("MIG-05")
    void whereNobodyMigratesNobodyWaits() throws Exception {
        var migrations = of(TABLE, Sample.sql("a.2", "SELECT pg_sleep(2)"));
        var said = new CopyOnWriteArrayList<List<String>>();
        assertThat(migrations.awaitMigrator(Duration.ofDays(1), said::add).satisfied()).isFalse();
        var working = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running =
                    threads.submit(() ->
                            migrations
                                    .listening(event -> {
                                        if (event instanceof MigrateEvent.Started) {
                                            working.countDown();
                                        }
                                    })
                                    .up());
            working.await();
            assertThat(migrations.awaitMigrator(Duration.ofDays(1), said::add).satisfied())
                    .as("a migrator at work is waited for")
                    .isTrue();
            running.get();
        }
        assertThat(said.getLast().getFirst()).contains("has not run; at work on it: ");
    }
}
