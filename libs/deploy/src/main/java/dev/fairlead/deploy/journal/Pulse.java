package dev.fairlead.deploy.journal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// What beats while an execution is at work.
public interface Pulse {
    /// Begins to beat.
    ///
    /// @param beat answers whether it was heard; one that was not is tried again sooner
    /// @return ends it
    Runnable start(Duration every, BooleanSupplier beat);

    /// A thread of its own, by the machine's monotonic time.
    Pulse THREAD =
            (every, beat) -> {
                var over = new CountDownLatch(1);
                Thread.ofPlatform()
                        .name("heartbeat")
                        .daemon()
                        .start(() -> {
                            var next = every;
                            try {
                                while (!over.await(next.toNanos(), TimeUnit.NANOSECONDS)) {
                                    next = beat.getAsBoolean() ? every : every.dividedBy(4);
                                }
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt(); // nobody does that
                            }
                        });
                return over::countDown;
            };
}
