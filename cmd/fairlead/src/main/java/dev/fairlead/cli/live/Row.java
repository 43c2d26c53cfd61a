package dev.fairlead.cli.live;

import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;

/// One unit as the live table shows it.
///
/// @param stage empty for a unit that the plan only removes
/// @param since when it came into this state
/// @param waitsFor the units that must be ready before it starts
/// @param what the last thing that was said about it; may be empty
/// @param took how long it took to come into this state, where that was said
record Row(
        UnitName unit,
        String stage,
        State state,
        Instant since,
        SortedSet<UnitName> waitsFor,
        String what,
        Optional<Duration> took) {
    enum State {
        PENDING(Tone.QUIET, true),
        STARTING(Tone.ACTIVE, true),
        STOPPING(Tone.ACTIVE, true),
        READY(Tone.GOOD, false),
        FAILED(Tone.BAD, false),
        /// Not tried, because what it waits for failed.
        SKIPPED(Tone.QUIET, false),
        STOPPED(Tone.QUIET, false);

        private final Tone tone;
        private final boolean open;

        State(Tone tone, boolean open) {
            this.tone = tone;
            this.open = open;
        }

        Tone tone() {
            return tone;
        }

        /// Whether something is still to come.
        boolean open() {
            return open;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Row planned(Plan.Step step, State state, Instant now) {
        return new Row(
                step.unit(),
                step.stage().toString(),
                state,
                now,
                step.waitsFor(),
                "",
                Optional.empty());
    }

    /// The same unit, in a state since `when`; it keeps its time when the state is the same.
    Row in(State next, Instant when, String said, Optional<Duration> needed) {
        return new Row(unit, stage, next, next == state ? since : when, waitsFor, said, needed);
    }
}
