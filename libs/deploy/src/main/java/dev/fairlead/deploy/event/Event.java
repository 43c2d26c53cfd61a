package dev.fairlead.deploy.event;

import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One thing that happened in an environment.
///
/// @param execution the execution it belongs to; what a supervisor does between executions has `-`
/// @param what one sentence without a full stop, secrets masked
/// @param took how long it took, where something ended
/// @param evidence the last lines of the output that shows why something failed, oldest first, secrets masked
public record Event(
        Instant time,
        String execution,
        Kind kind,
        Optional<UnitName> unit,
        Optional<Stage> stage,
        String what,
        Optional<Duration> took,
        List<String> evidence) {
    public Event {
        evidence = List.copyOf(evidence);
    }

    /// An event without evidence.
    public Event(
            Instant time,
            String execution,
            Kind kind,
            Optional<UnitName> unit,
            Optional<Stage> stage,
            String what,
            Optional<Duration> took) {
        this(time, execution, kind, unit, stage, what, took, List.of());
    }

    /// The sort of event.
    public enum Kind {
        /// A plan was made; the start of an execution.
        PLANNED,
        /// A unit's step began.
        STARTED,
        /// A unit's step says how far it is.
        PROGRESS,
        /// A unit waits; `what` says for what.
        WAITING,
        /// A unit is ready.
        READY,
        /// A unit's step failed, or it was not tried; `what` says why.
        FAILED,
        /// A unit was stopped or removed.
        STOPPED,
        /// The end of an execution, with its outcome.
        FINISHED;

        /// The word in output: `planned`, `started`, …
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
