package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A migrator may die at any instant: the next one finishes what it began.
@ParameterizedClass
@EnumSource(Release.class)
class KillIT {
    private static final int ALL = 1_000;
    private static final Duration LOCK_FREE_WITHIN = Duration.ofSeconds(2);

    private final PostgresServer server;

    KillIT(Release release) {
        server = PostgresServer.shared(release);
    }

    @Test
    @Covers("MIG-04")
    void whateverTheInstantTheNextRunEndsWhereAnUndisturbedOneDoes() throws Exception {
        var undisturbed = server.fresh();
        long whole = undisturbed(undisturbed);
        var wanted = Ordeal.state(undisturbed);
        var random = Seeds.generator("KillIT");
        long slowest = 0;
        int interrupted = 0;
        for (int i = 0; i < Scale.of(ALL); i++) {
            var db = server.fresh();
            try (var victim = new Victim(db.url())) {
                victim.begin();
                TimeUnit.NANOSECONDS.sleep(random.nextLong(whole));
                victim.kill();
            }
            slowest = Math.max(slowest, awaitLockFree(db));
            var before =
                    db.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'fairlead'")
                                    .equals("0")
                            ? "nothing"
                            : String.valueOf(
                                    db.rows(
                                            "SELECT key, step FROM fairlead.migration_history ORDER BY id"));
            interrupted += before.contains("o.7") ? 0 : 1;
            var outcome = Ordeal.of(db.url()).up();
            assertThat(outcome.problems()).as("kill %d, after %s", i, before).isEmpty();
            assertThat(Ordeal.state(db)).as("kill %d, after %s", i, before).isEqualTo(wanted);
        }
        System.out.printf(
                "KillIT: %d kills, %d before the end, the lock was free after %d ms at most%n",
                Scale.of(ALL), interrupted, slowest);
        assertThat(interrupted).isPositive();
        assertThat(Duration.ofMillis(slowest)).isLessThan(LOCK_FREE_WITHIN);
    }

    /// @return how long it took, in nanoseconds, in a process like the victims
    private static long undisturbed(Db db) throws Exception {
        try (var victim = new Victim(db.url())) {
            victim.begin();
            long began = System.nanoTime();
            assertThat(victim.await("done")).isEqualTo("done");
            return System.nanoTime() - began;
        }
    }

    /// @return the milliseconds until nobody works there any more
    private static long awaitLockFree(Db db) throws InterruptedException {
        long began = System.nanoTime();
        while (!db.value(
                        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                                + " WHERE locktype = 'advisory' AND datname = current_database()")
                .equals("0")) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }
}
