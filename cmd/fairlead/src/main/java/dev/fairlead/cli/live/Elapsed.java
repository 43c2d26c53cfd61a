package dev.fairlead.cli.live;

import java.time.Duration;

/// Durations as people read them, at most six characters wide: `0.4s`, `12s`, `1m05s`, `2h03m`, `3d04h`.
public final class Elapsed {
    private Elapsed() {}

    /// With tenths below ten seconds: for what has ended.
    public static String exact(Duration duration) {
        long millis = Math.max(0, duration.toMillis());
        return millis < 10_000
                ? millis / 1000 + "." + millis % 1000 / 100 + "s"
                : ticking(duration);
    }

    /// Whole seconds: for what goes on.
    public static String ticking(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return "%dm%02ds".formatted(seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return "%dh%02dm".formatted(seconds / 3600, seconds % 3600 / 60);
        }
        return "%dd%02dh".formatted(seconds / 86_400, seconds % 86_400 / 3600);
    }
}
