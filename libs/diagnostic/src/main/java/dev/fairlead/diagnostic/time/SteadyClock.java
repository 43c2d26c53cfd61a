package dev.fairlead.diagnostic.time;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/// The time of a clock at the beginning, and from then on what a ticker counts: whoever sets the clock meanwhile changes
/// neither the order of what is told nor how long it took.
public final class SteadyClock extends Clock {
    private final Clock clock;
    private final Ticker ticker;
    private final Instant begin;
    private final long since;

    public SteadyClock(Clock clock, Ticker ticker) {
        this.clock = clock;
        this.ticker = ticker;
        this.begin = clock.instant();
        this.since = ticker.nanos();
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(ticker.nanos() - since);
    }

    @Override
    public ZoneId getZone() {
        return clock.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new SteadyClock(clock.withZone(zone), ticker);
    }
}
