package dev.fairlead.diagnostic.time;

import java.time.Duration;

/// The monotonic clock that deadlines are measured by, so that a jump of the wall clock ends no step; and the only way to
/// sleep.
public interface Ticker {
    /// Nanoseconds from an arbitrary start.
    long nanos();

    void pause(Duration duration) throws InterruptedException;

    /// The machine's own.
    Ticker SYSTEM =
            new Ticker() {
                @Override
                public long nanos() {
                    return System.nanoTime();
                }

                @Override
                public void pause(Duration duration) throws InterruptedException {
                    Thread.sleep(duration);
                }
            };
}
