package dev.fairlead.migrate;

import dev.fairlead.migrate.plan.Goal;
import java.time.Duration;
import java.util.Optional;

/// How a run behaves.
///
/// @param who the user as history and waiting migrators see it
/// @param waitFor how long to wait for another migrator; zero: leave at once as Busy
/// @param lockTimeout how long a statement may queue for a table, and so how long others may queue behind it
/// @param lockAttempts how often a step is tried that did not get its locks, before it fails
/// @param concurrentTimeout of one concurrent index build; empty: as long as it takes
/// @param allowOutOfOrder whether lower numbers may run after higher ones
/// @param goal how far
/// @param background whether background migrations run too, after the others
/// @param expectedPlan the hash of the plan that was shown; the run is refused when another would run
/// @param gooseTable whose rows are taken over
/// @param largestDownload bytes of a script that is fetched
public record MigrateOptions(
        String who,
        Duration waitFor,
        Duration lockTimeout,
        int lockAttempts,
        Optional<Duration> concurrentTimeout,
        boolean allowOutOfOrder,
        Goal goal,
        boolean background,
        Optional<String> expectedPlan,
        String gooseTable,
        long largestDownload) {
    public static final MigrateOptions DEFAULTS =
            new MigrateOptions(
                    System.getProperty("user.name", "unknown")
                            + " (pid "
                            + ProcessHandle.current().pid()
                            + ")",
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(3),
                    10,
                    Optional.empty(),
                    false,
                    Goal.ALL,
                    false,
                    Optional.empty(),
                    "goose_db_version",
                    32L << 20);

    public MigrateOptions withWho(String name) {
        return new MigrateOptions(
                name,
                waitFor,
                lockTimeout,
                lockAttempts,
                concurrentTimeout,
                allowOutOfOrder,
                goal,
                background,
                expectedPlan,
                gooseTable,
                largestDownload);
    }

    public MigrateOptions withWait(Duration atMost) {
        return new MigrateOptions(
                who,
                atMost,
                lockTimeout,
                lockAttempts,
                concurrentTimeout,
                allowOutOfOrder,
                goal,
                background,
                expectedPlan,
                gooseTable,
                largestDownload);
    }

    public MigrateOptions withLocks(Duration timeout, int attempts) {
        return new MigrateOptions(
                who,
                waitFor,
                timeout,
                attempts,
                concurrentTimeout,
                allowOutOfOrder,
                goal,
                background,
                expectedPlan,
                gooseTable,
                largestDownload);
    }

    public MigrateOptions withGoal(Goal how) {
        return new MigrateOptions(
                who,
                waitFor,
                lockTimeout,
                lockAttempts,
                concurrentTimeout,
                allowOutOfOrder,
                how,
                background,
                expectedPlan,
                gooseTable,
                largestDownload);
    }

    public MigrateOptions withOutOfOrder(boolean allowed) {
        return new MigrateOptions(
                who,
                waitFor,
                lockTimeout,
                lockAttempts,
                concurrentTimeout,
                allowed,
                goal,
                background,
                expectedPlan,
                gooseTable,
                largestDownload);
    }

    public MigrateOptions withBackground(boolean too) {
        return new MigrateOptions(
                who,
                waitFor,
                lockTimeout,
                lockAttempts,
                concurrentTimeout,
                allowOutOfOrder,
                goal,
                too,
                expectedPlan,
                gooseTable,
                largestDownload);
    }

    public MigrateOptions withExpectedPlan(String hash) {
        return new MigrateOptions(
                who,
                waitFor,
                lockTimeout,
                lockAttempts,
                concurrentTimeout,
                allowOutOfOrder,
                goal,
                background,
                Optional.of(hash),
                gooseTable,
                largestDownload);
    }
}
