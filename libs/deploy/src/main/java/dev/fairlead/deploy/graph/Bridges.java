package dev.fairlead.deploy.graph;

import dev.fairlead.inventory.unit.Edges;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// The edges of a part of a graph: one to a unit outside leads on to what that unit waits for itself. Looks at each set
/// that several units share once.
final class Bridges {
    private final SortedMap<UnitName, Graph.Node> nodes;
    private final Set<UnitName> kept;
    private final IdentityHashMap<SortedSet<UnitName>, SortedSet<UnitName>> known =
            new IdentityHashMap<>();

    Bridges(SortedMap<UnitName, Graph.Node> nodes, Set<UnitName> kept) {
        this.nodes = nodes;
        this.kept = kept;
    }

    SortedSet<UnitName> of(SortedSet<UnitName> waitsFor) {
        var parts = Edges.parts(waitsFor);
        if (parts.isEmpty()) {
            return waitsFor;
        }
        var shared = parts.getFirst();
        var first = known.get(shared);
        if (first == null) {
            first = reached(shared, shared);
            known.put(shared, first);
        }
        return parts.size() == 1 ? first : Edges.of(first, reached(parts.getLast(), shared));
    }

    /// @param seen is looked at elsewhere
    private SortedSet<UnitName> reached(SortedSet<UnitName> part, SortedSet<UnitName> seen) {
        if (kept.containsAll(part)) {
            return part;
        }
        var reached = new TreeSet<UnitName>();
        var passed = new HashSet<UnitName>();
        var met = Collections.<SortedSet<UnitName>>newSetFromMap(new IdentityHashMap<>());
        met.add(seen);
        var open = new ArrayDeque<SortedSet<UnitName>>();
        open.add(part);
        while (!open.isEmpty()) {
            for (var unit : open.remove()) {
                if (kept.contains(unit)) {
                    reached.add(unit);
                } else if (passed.add(unit)) {
                    behind(unit).stream().filter(met::add).forEach(open::add);
                }
            }
        }
        return reached;
    }

    private List<SortedSet<UnitName>> behind(UnitName unit) {
        var node = nodes.get(unit);
        return node == null ? List.of() : Edges.parts(node.waitsFor());
    }
}
