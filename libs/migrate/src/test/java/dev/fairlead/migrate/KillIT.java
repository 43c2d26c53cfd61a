package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A migrator may die at any instant: the next one finishes what it began.
///
/// A process of some migrators, each of a database of its own, is killed as `kill -9` does it. They begin at random moments
/// before that, so that each of them dies at an instant of its own.
@ParameterizedClass
@EnumSource(Release.class)
class KillIT {
    private static final int ALL = 1_000; // on both releases together
    private static final int AT_ONCE = 8;
    private static final int RECOVER_AT_ONCE = 4;

    private final PostgresServer server;

    KillIT(Release release) {
        server = PostgresServer.shared(release);
    }

    @Test
    @Covers("MIG-04")
    void whateverTheInstantTheNextRunEndsWhereAnUndisturbedOneDoes() throws Exception {
        var undisturbed = fresh();
        long span = undisturbed(undisturbed);
        var wanted = Ordeal.state(undisturbed.getFirst());
        undisturbed.forEach(Db::drop);
        var random = Seeds.generator("KillIT");
        long slowest = 0;
        int killed = 0;
        int interrupted = 0;
        while (killed < Scale.of(ALL / Release.values().length)) {
            var databases = fresh();
            kill(databases, random.longs(AT_ONCE, 0, span).boxed().toList(), span);
            slowest = Math.max(slowest, awaitLocksFree(databases));
            int ended = recover(databases, killed, wanted);
            killed += AT_ONCE;
            interrupted += AT_ONCE - ended;
            // a machine has other things to do: what takes how long changes while this runs
            span = ended > AT_ONCE / 2 ? span * 4 / 5 : ended == 0 ? span * 5 / 4 : span;
        }
        System.out.printf(
                "KillIT: %d migrators killed, %d before the end, the locks were free after %d ms at most%n",
                killed, interrupted, slowest);
        assertThat(interrupted).isPositive();
    }

    private List<Db> fresh() {
        return Stream.generate(server::fresh).limit(AT_ONCE).toList();
    }

    private static List<String> urls(List<Db> databases) {
        return databases.stream().map(Db::url).toList();
    }

    /// @return how long it took, in milliseconds
    private static long undisturbed(List<Db> databases) throws IOException {
        try (var crew = new Victim(Collections.nCopies(AT_ONCE, 0L), urls(databases))) {
            crew.begin();
            long began = System.nanoTime();
            assertThat(crew.await("done")).isEqualTo("done");
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        }
    }

    private static void kill(List<Db> databases, List<Long> delays, long after)
            throws IOException, InterruptedException {
        try (var crew = new Victim(delays, urls(databases))) {
            crew.begin();
            TimeUnit.MILLISECONDS.sleep(after);
            crew.kill();
        }
    }

    /// Beside each other, as each waits for its server most of the time.
    ///
    /// @return in how many there was nothing left to do
    private static int recover(List<Db> databases, int first, String wanted) throws Exception {
        try (var threads = Executors.newFixedThreadPool(RECOVER_AT_ONCE)) {
            var all = new ArrayList<Callable<Boolean>>();
            for (var db : databases) {
                int number = first + all.size();
                all.add(() -> recovers(db, number, wanted));
            }
            int ended = 0;
            for (var one : threads.invokeAll(all)) {
                ended += one.get() ? 1 : 0;
            }
            return ended;
        }
    }

    private static boolean recovers(Db db, int number, String wanted) throws InterruptedException {
        var before =
                db.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'fairlead'").equals("0")
                        ? List.of("nothing")
                        : db.rows("SELECT key, step FROM fairlead.migration_history ORDER BY id");
        var outcome = Ordeal.of(db.url()).up();
        assertThat(outcome.problems()).as("kill %d, after %s", number, before).isEmpty();
        assertThat(Ordeal.state(db)).as("kill %d, after %s", number, before).isEqualTo(wanted);
        db.drop();
        return String.join(" ", before).contains("o.7");
    }

    /// @return the milliseconds until nobody works there any more
    private long awaitLocksFree(List<Db> databases) throws InterruptedException {
        long began = System.nanoTime();
        for (var db : databases) {
            while (!db.value(
                            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                                    + " WHERE locktype = 'advisory' AND datname = current_database()")
                    .equals("0")) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }
}
