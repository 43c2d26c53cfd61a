package dev.fairlead.deploy.explain;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Everything that a report is made from.
///
/// @param record absent when nothing was applied yet
/// @param holderAlive whether the holder of the record's lease is at work
/// @param statuses what the target sees
/// @param events the newest last; used where an execution was killed before it recorded its results
/// @param stalled what keeps units from going on that are not ready
public record Scene(
        EnvironmentRef ref,
        TargetKind target,
        Optional<EnvironmentRecord> record,
        boolean holderAlive,
        SortedMap<UnitName, UnitStatus> statuses,
        List<Event> events,
        Instant now,
        Optional<Stalled> stalled) {
    /// Who does the work stands still.
    ///
    /// @param watcher it is the one that starts and watches: then nothing that units say of themselves is fresh
    public record Stalled(Cause cause, boolean watcher) {}
}
