package dev.fairlead.deploy.explain;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/// Why a unit is not ready.
///
/// @param rootCause where the chain ends; absent when the unit is ready
/// @param chain from the unit itself down to the root, each with what it waits for; the root waits for nothing
/// @param own what the unit says of itself, where something else is the root cause
/// @param deadline when the root's step runs out of time, while one is running
public record Explanation(
        UnitName unit,
        UnitState state,
        Instant since,
        Optional<RootCause> rootCause,
        List<Link> chain,
        Optional<Cause> own,
        Optional<Instant> deadline) {
    /// The unit at which nothing else is to blame.
    public record RootCause(UnitName unit, Cause cause, Instant since) {}

    /// One link: a unit and the units it waits for that are not ready.
    public record Link(UnitName unit, SortedSet<UnitName> waitsFor) {}

    public Explanation {
        chain = List.copyOf(chain);
    }
}
