package dev.fairlead.deploy.explain;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// One unit now, from what its target and the record say together.
///
/// @param cause why it is not ready, where it is not; also of a unit that is ready although its last build failed
/// @param waitsFor the units that hold it up; empty when it is ready, or when it failed by itself
/// @param deadline when its step runs out of time, while one is running
public record UnitReport(
        UnitName name,
        Stage stage,
        UnitState state,
        Instant since,
        Optional<Cause> cause,
        SortedSet<UnitName> waitsFor,
        Optional<Instant> deadline,
        SortedMap<String, Integer> ports,
        Optional<String> url,
        Optional<Long> pid,
        int restarts,
        Optional<UnitStatus.Reload> reload) {}
