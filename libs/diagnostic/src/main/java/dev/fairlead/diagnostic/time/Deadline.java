package dev.fairlead.diagnostic.time;

import java.time.Duration;

/// A moment of a {@link Ticker} after which nothing is waited for any more.
public final class Deadline {
    private final Ticker ticker;
    private final long end;

    private Deadline(Ticker ticker, long end) {
        this.ticker = ticker;
        this.end = end;
    }

    public static Deadline in(Duration duration, Ticker ticker) {
        return new Deadline(ticker, ticker.nanos() + duration.toNanos());
    }

    public boolean passed() {
        return ticker.nanos() - end >= 0;
    }

    /// What is left, never negative.
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - ticker.nanos()));
    }

    /// The smaller of what is left and `slice`.
    public Duration slice(Duration slice) {
        var left = left();
        return left.compareTo(slice) < 0 ? left : slice;
    }
}
