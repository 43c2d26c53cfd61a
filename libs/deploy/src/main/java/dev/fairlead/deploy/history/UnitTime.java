package dev.fairlead.deploy.history;

import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// One unit's step in an execution.
///
/// @param began when its step began
/// @param took absent while it goes on, or when its process was killed meanwhile
/// @param what the last thing that was said of it
public record UnitTime(
        UnitName unit,
        Optional<Stage> stage,
        Instant began,
        Optional<Duration> took,
        End end,
        String what) {
    /// How the step ended.
    public enum End {
        READY,
        FAILED,
        STOPPED,
        /// Nothing was said of an end.
        OPEN;

        /// The word in output: `ready`, `failed`, …
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// When the step ended; where nothing was said of that, when it began.
    public Instant ended() {
        return took.map(began::plus).orElse(began);
    }
}
