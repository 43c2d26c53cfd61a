package dev.fairlead.deploy.history;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One execution: who did what, when, for how long, and how it ended.
///
/// @param id its name: `up-12`
/// @param by who ran it; empty where the events do not say so
/// @param planHash absent for executions without a plan
/// @param took absent while it runs, and when it was killed
/// @param outcome the word of its outcome, `running`, or `killed`
/// @param what one sentence without a full stop: its end, or what it was to do
/// @param revision the revision that it left behind, where it made one
/// @param units in the order in which their steps began
public record ExecutionReport(
        String id,
        String command,
        String by,
        Optional<String> planHash,
        Instant began,
        Optional<Duration> took,
        String outcome,
        String what,
        Optional<Long> revision,
        List<UnitTime> units) {
    /// The outcome of an execution that has not ended.
    public static final String RUNNING = "running";

    /// The outcome of an execution whose process ended without a word.
    public static final String KILLED = "killed";

    public ExecutionReport {
        units = List.copyOf(units);
    }
}
