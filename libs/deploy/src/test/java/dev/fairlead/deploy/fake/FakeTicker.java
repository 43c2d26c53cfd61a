package dev.fairlead.deploy.fake;

import dev.fairlead.diagnostic.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Time that passes only when somebody waits.
public final class FakeTicker implements Ticker {
    private final AtomicLong now = new AtomicLong();

    @Override
    public long nanos() {
        return now.get();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        now.addAndGet(Math.max(1_000_000, duration.toNanos()));
        LockSupport.parkNanos(10_000); // others get a chance
    }
}
