package dev.fairlead.deploy.render;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What shall be, in the form that is compared, hashed and kept: no secret's value is in it.
///
/// @param inputHash of everything in it but what the target has chosen: ports, secrets and their fingerprints
public record Desired(
        EnvironmentRef ref,
        TargetKind target,
        SortedMap<UnitName, Wanted> units,
        Graph graph,
        String inputHash) {
    /// The key of an applied content under which lies what its unit saw when it was applied: no part of what was wanted.
    public static final String SEEN = "seen";

    public Desired {
        units = Collections.unmodifiableSortedMap(new TreeMap<>(units));
    }
}
