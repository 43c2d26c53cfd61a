package dev.fairlead.deploy.journal;

import java.time.Duration;

/// How the holder of a lease shows that it is at work, where no facts do: it writes the record every so often, and whoever
/// saw it unchanged for longer than the lapse, by its own monotonic time, takes the holder for dead. The holder counts from
/// the begin of its last write, the observer from when it saw it, so the holder's time is over first.
///
/// @param every how often the holder writes
/// @param lapse how long a record stands still before its holder counts as dead
/// @param request the longest that a request to the target takes before it is given up
public record Heartbeat(Duration every, Duration lapse, Duration request) {
    /// Twenty seconds, as the Kubernetes target has it.
    public static final Heartbeat ORDINARY =
            new Heartbeat(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(5));

    public Heartbeat {
        // A holder at work always has more left than a request takes, even when its beat itself
        // takes that long.
        if (every.plus(request).plus(request).compareTo(lapse) >= 0) {
            throw new IllegalArgumentException("a holder at work could lose its lease");
        }
    }
}
