package dev.fairlead.tests.system.world;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/// The only place where tests wait: for something to become true, until a deadline.
public final class Await {
    private static final Duration POLL = Duration.ofMillis(50);

    /// However soon something is expected: a machine that does other things too may be that slow, and a test that holds is
    /// not slowed down by it.
    private static final Duration LEAST = Duration.ofMinutes(4);

    private Await() {}

    /// Returns when `condition` holds; an exception of it counts as "not yet".
    ///
    /// @throws AssertionError after `atMost` and four minutes at least, with `what` and the last exception
    public static void until(String what, Duration atMost, Callable<Boolean> condition) {
        until(what, atMost, condition, () -> "");
    }

    /// As above; `evidence` is added to the message of the failure.
    public static void until(
            String what, Duration atMost, Callable<Boolean> condition, Supplier<String> evidence) {
        var patience = atMost.compareTo(LEAST) < 0 ? LEAST : atMost;
        long deadline = System.nanoTime() + patience.toNanos();
        Exception last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception e) {
                last = e;
            }
            pause(POLL);
        } while (System.nanoTime() < deadline);
        throw new AssertionError(
                "not within %s: %s\n%s".formatted(patience, what, evidence.get()), last);
    }

    /// Lets time pass, for the one sort of test that needs it: that something does *not* happen.
    public static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
