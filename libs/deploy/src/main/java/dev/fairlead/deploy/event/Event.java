package dev.fairlead.deploy.event;

import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One thing that happened in an environment.
///
/// @param execution the execution it belongs to; what a supervisor does between executions has `-`
/// @param what one sentence without a full stop, secrets masked
/// @param took how long it took, where something ended
/// @param evidence the last lines of the output that shows why something failed, oldest first, secrets masked
/// @param facts what programs read of the begin and the end of an execution, by the names of {@link Fact}
public record Event(
        Instant time,
        String execution,
        Kind kind,
        Optional<UnitName> unit,
        Optional<Stage> stage,
        String what,
        Optional<Duration> took,
        List<String> evidence,
        SortedMap<Fact, String> facts) {
    public Event {
        evidence = List.copyOf(evidence);
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /// What is told of an execution in a form that does not change with its words.
    public enum Fact {
        /// Who runs it; told when it begins.
        BY,
        /// Its command: `up`, `apply`; told when it begins.
        COMMAND,
        /// The hash of its plan; told when it begins.
        PLAN,
        /// The word of its outcome; told at its end.
        OUTCOME,
        /// The number of the revision that it left behind; told at its end, where it made one.
        REVISION;

        /// The name in files and output: `by`, `command`, …
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// An event without facts.
    public Event(
            Instant time,
            String execution,
            Kind kind,
            Optional<UnitName> unit,
            Optional<Stage> stage,
            String what,
            Optional<Duration> took,
            List<String> evidence) {
        this(time, execution, kind, unit, stage, what, took, evidence, new TreeMap<>());
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
