package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.migrate.MigrateEvent;
import dev.fairlead.migrate.plan.PlannedStep;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// The time between two attempts: longer each time, and never the same for two who wait for each other.
final class Pauses {
    private static final long FIRST = 100;
    private static final long LONGEST = 3_000;

    private Pauses() {}

    static void beforeLock(Scene scene, PlannedStep step, String why, int attempt)
            throws InterruptedException {
        long most = Math.min(LONGEST, FIRST << Math.min(attempt, 10));
        var pause = Duration.ofMillis(ThreadLocalRandom.current().nextLong(FIRST / 2, most));
        scene.tell(new MigrateEvent.Retrying(step, why, attempt, pause));
        Ticker.SYSTEM.pause(pause);
    }
}
