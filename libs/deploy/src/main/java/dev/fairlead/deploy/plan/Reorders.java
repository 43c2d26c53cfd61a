package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.plan.Plan.Reorder;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What differs between the recorded graph and the wanted one of units that are kept otherwise.
final class Reorders {
    private Reorders() {}

    /// Edges to units that come or go are left out: their own changes say that.
    static List<Reorder> between(Graph recorded, Graph wanted, Collection<UnitName> kept) {
        var common = new TreeSet<>(wanted.nodes().keySet());
        common.retainAll(recorded.nodes().keySet());
        var before = recorded.within(common).nodes();
        var now = wanted.within(common).nodes();
        var found = new ArrayList<Reorder>();
        for (var unit : kept) {
            var was = before.get(unit);
            var is = now.get(unit);
            if (was == null || is == null) {
                found.add(new Reorder(unit, "its place in the order is not recorded"));
            } else if (!was.equals(is)) {
                found.add(new Reorder(unit, difference(was, is)));
            }
        }
        return found;
    }

    private static String difference(Graph.Node was, Graph.Node is) {
        var parts = new ArrayList<String>();
        if (was.stage() != is.stage()) {
            parts.add("stage " + was.stage() + " -> " + is.stage());
        }
        names(is.waitsFor(), was.waitsFor()).ifPresent(names -> parts.add("waits for " + names));
        names(was.waitsFor(), is.waitsFor())
                .ifPresent(names -> parts.add("waits no more for " + names));
        if (!was.timeout().equals(is.timeout())) {
            parts.add("readiness timeout " + text(was.timeout()) + " -> " + text(is.timeout()));
        }
        return String.join("; ", parts);
    }

    private static Optional<String> names(SortedSet<UnitName> those, SortedSet<UnitName> without) {
        var names =
                those.stream()
                        .filter(unit -> !without.contains(unit))
                        .map(UnitName::value)
                        .collect(Collectors.joining(", "));
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }

    private static String text(Duration timeout) {
        return timeout.toMillis() % 1000 == 0
                ? timeout.toSeconds() + "s"
                : timeout.toMillis() + "ms";
    }
}
