package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.SortedSet;
import java.util.function.Consumer;

/// What {@link StepRunner} runs: which units, in which order, and what a step is.
///
/// @param graph all units with their edges; an edge to a unit that is not `acting` counts as satisfied once all that this one
/// waits for is ready, too
/// @param acting the units that have a step
/// @param verb what a step does, for events and reasons: `started`, `removed`
record Steps(Graph graph, SortedSet<UnitName> acting, int parallelism, String verb) {
    /// One step's work; runs on a thread of its own.
    interface Work {
        /// Answers how it ended; an interrupt ends it early. Writes nothing itself: what it has to tell it gives to
        /// `progress`.
        Ended run(UnitName unit, Consumer<String> progress) throws InterruptedException;

        /// When the step is stopped although it did not end by itself.
        Duration limit(UnitName unit);
    }

    /// How a step ended.
    sealed interface Ended {
        record Done() implements Ended {}

        /// @param timedOut time ran out; nothing failed for certain
        record Failed(Cause cause, boolean timedOut) implements Ended {}

        /// A newer execution was here.
        record Fenced() implements Ended {}
    }
}
