package dev.fairlead.deploy.fake;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/// A clock that stands still, and jumps where a test wants it.
public final class FakeClock extends Clock {
    private Instant now = FakeWorld.START;
    private Supplier<Duration> jumps = () -> Duration.ZERO;

    /// Before each look at it, it jumps as far as this says.
    public synchronized void jumps(Supplier<Duration> before) {
        jumps = before;
    }

    public synchronized void jump(Duration by) {
        now = now.plus(by);
    }

    @Override
    public synchronized Instant instant() {
        now = now.plus(jumps.get());
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
