package dev.fairlead.deploy.target;

import dev.fairlead.deploy.object.ObjectSnapshot;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// What a target has of an environment at one moment.
///
/// @param units what was applied, by unit, with what is left over from earlier plans too
/// @param objects the single objects that units consist of, on Kubernetes, where it was asked for what is desired
public record Snapshot(SortedMap<UnitName, Applied> units, Optional<ObjectSnapshot> objects) {
    /// Of a target that knows no objects.
    public Snapshot(SortedMap<UnitName, Applied> units) {
        this(units, Optional.empty());
    }

    /// One unit as it was last applied.
    ///
    /// @param hash the {@link dev.fairlead.document.Digest} of `content`, as the plan that applied it named it
    /// @param content the masked tree of what was applied: for the field differences of a plan
    /// @param status what it does now; never part of a hash
    public record Applied(String hash, Map<String, Object> content, UnitStatus status) {}

    public Optional<Applied> find(UnitName unit) {
        return Optional.ofNullable(units.get(unit));
    }
}
