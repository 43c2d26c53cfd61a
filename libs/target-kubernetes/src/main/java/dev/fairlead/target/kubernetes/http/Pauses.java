package dev.fairlead.target.kubernetes.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/// Growing pauses between the attempts of one request, a little different for everybody.
final class Pauses {
    private static final long FIRST = 100;
    private static final long LONGEST = 5_000;
    private static final int LONGEST_ASKED = 30;

    private int taken;

    /// @param asked seconds, by the server
    Duration next(Optional<Integer> asked) {
        long grown = Math.min(LONGEST, FIRST << Math.min(taken, 6));
        taken++;
        long least = asked.map(seconds -> Math.min(seconds, LONGEST_ASKED) * 1_000L).orElse(0L);
        return Duration.ofMillis(
                least + grown / 2 + ThreadLocalRandom.current().nextLong(grown / 2 + 1));
    }

    int taken() {
        return taken;
    }
}
