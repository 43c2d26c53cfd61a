package dev.fairlead.deploy.journal;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The one small record of an environment: whose turn it is, what it intends, how the last execution ended, and the graph
/// of its units, so that what reads it needs neither services.yaml nor a secret.
///
/// @param token the highest fencing token that was given out
/// @param lease who is at work, or died at it
/// @param supersede who asks the holder to end
/// @param execution the running or else the last one
/// @param units intent or result of each unit's last step
/// @param revision the number of the newest kept revision; 0 for none
public record EnvironmentRecord(
        EnvironmentRef ref,
        TargetKind target,
        long token,
        Optional<Lease> lease,
        Optional<String> supersede,
        Optional<Execution> execution,
        Graph graph,
        SortedMap<UnitName, Entry> units,
        long revision) {
    public EnvironmentRecord {
        units = Collections.unmodifiableSortedMap(new TreeMap<>(units));
    }

    /// The right to change the environment.
    ///
    /// @param beat grows with each write of the holder; stays 0 where holders need no {@link Heartbeat}
    public record Lease(Store.Holder holder, String execution, long beat) {
        Lease beaten() {
            return new Lease(holder, execution, beat + 1);
        }
    }

    /// One run of a plan.
    ///
    /// @param command `apply`, `up`, `down`, `restart`
    /// @param outcome the word of its outcome, once it ended
    public record Execution(
            String id,
            String command,
            String planHash,
            String inputHash,
            Instant started,
            Optional<Instant> finished,
            Optional<String> outcome) {}

    /// One unit's step.
    ///
    /// @param at when this was written
    public record Entry(Result result, Optional<Cause> cause, Instant at) {}

    /// How far a unit's step is.
    public enum Result {
        /// It shall be started.
        INTENDED,
        /// It shall be removed.
        REMOVING,
        DONE,
        /// It failed, or was not ready in time.
        FAILED,
        /// Its step was not begun, because of another unit.
        NOT_TRIED;

        /// The word in the record: `intended`, `not-tried`, …
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// Whether the last execution came to its end and nothing of it is open.
    public boolean isSettled() {
        return lease.isEmpty()
                && execution.flatMap(Execution::outcome).map("ready"::equals).orElse(true);
    }

    /// The newest fencing token of which whoever reads this record before the state of the target sees all work. What
    /// an execution that holds the lease does is still to come.
    public long settledToken() {
        return lease.isPresent() ? token - 1 : token;
    }

    /// The same with another lease.
    EnvironmentRecord with(Lease other) {
        return new EnvironmentRecord(
                ref,
                target,
                token,
                Optional.of(other),
                supersede,
                execution,
                graph,
                units,
                revision);
    }

    /// A record of an environment in which nothing happened yet.
    static EnvironmentRecord blank(EnvironmentRef ref, TargetKind target) {
        return new EnvironmentRecord(
                ref,
                target,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Graph.EMPTY,
                new TreeMap<>(),
                0);
    }
}
