package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.MigrateOutcome.Busy;
import dev.fairlead.migrate.MigrateOutcome.Done;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Many migrators at once.
@ParameterizedClass
@EnumSource(Release.class)
class CrowdIT {
    private static final int CROWD = 64;

    private final PostgresServer server;

    CrowdIT(Release release) {
        server = PostgresServer.shared(release);
    }

    @Test
    @Covers("MIG-04")
    void ofSixtyFourAtOnceEachSucceedsAndEachStepRunsOnce() throws Exception {
        for (int round = 0; round < Scale.of(50); round++) {
            var db = server.fresh();
            var barrier = new CyclicBarrier(CROWD);
            var runners = new CopyOnWriteArrayList<Integer>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var crowd = new ArrayList<Callable<MigrateOutcome>>();
                for (int i = 0; i < CROWD; i++) {
                    int me = i;
                    var migrations =
                            Ordeal.of(db.url())
                                    .with(MigrateOptions.DEFAULTS.withWho("migrator " + i))
                                    .listening(event -> {
                                        if (event instanceof MigrateEvent.Started) {
                                            runners.add(me);
                                        }
                                    });
                    crowd.add(() -> {
                        barrier.await();
                        return migrations.up();
                    });
                }
                for (var one : threads.invokeAll(crowd)) {
                    assertThat(one.get()).isInstanceOf(Done.class);
                }
            }
            assertThat(runners).hasSize(Ordeal.MIGRATIONS.size());
            assertThat(
                            db.rows(
                                    "SELECT key, count(*) FROM fairlead.migration_history GROUP BY key ORDER BY key"))
                    .containsExactly("o.1|1", "o.2|1", "o.3|1", "o.4|1", "o.5|1", "o.6|1", "o.7|1");
            assertThat(db.invalidIndexes()).isEmpty();
            db.drop();
        }
    }

    @Test
    @Covers("MIG-04")
    void whoDoesNotWantToWaitLearnsWhoIsAtWorkSinceWhen() throws Exception {
        var db = server.fresh();
        var slow = List.of(Sample.sql("a.1", "SELECT pg_sleep(1)"));
        var began = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var holder =
                    threads.submit(() ->
                            Migrations.of(db.url())
                                    .from(slow)
                                    .with(MigrateOptions.DEFAULTS.withWho("ada"))
                                    .listening(event -> {
                                        if (event instanceof MigrateEvent.Started) {
                                            began.countDown();
                                        }
                                    })
                                    .up());
            began.await();
            var impatient =
                    Migrations.of(db.url())
                            .from(slow)
                            .with(MigrateOptions.DEFAULTS.withWait(Duration.ZERO))
                            .up();
            assertThat(impatient)
                    .isInstanceOfSatisfying(
                            Busy.class, busy -> assertThat(busy.heldBy().who()).isEqualTo("ada"));
            assertThat(impatient.problems().getFirst().what())
                    .startsWith("the database is being migrated by ada since 20");
            var waits = new ArrayList<String>();
            var patient =
                    Migrations.of(db.url())
                            .from(slow)
                            .listening(event -> {
                                if (event instanceof MigrateEvent.WaitingForTurn waiting) {
                                    waits.add(waiting.heldBy().who());
                                }
                            })
                            .up();
            assertThat(patient).isInstanceOf(Done.class);
            assertThat(waits).contains("ada");
            assertThat(holder.get()).isInstanceOf(Done.class);
        }
        assertThat(db.value("SELECT count(*) FROM fairlead.migration_history")).isEqualTo("1");
    }
}
