package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.plan.Plan.Step;
import dev.fairlead.deploy.render.Desired;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.inventory.unit.Edges;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Ports that a unit which leaves holds and another one takes: the one that leaves is stopped first, and before it
/// whatever leaves with it and waits for it.
final class Takeovers {
    private final Graph recorded;
    private final List<UnitName> removals;

    /// By the unit that takes the port.
    private final SortedMap<UnitName, SortedSet<UnitName>> frees = new TreeMap<>();

    private final SortedMap<UnitName, String> reasons = new TreeMap<>();

    /// @param removals the units that leave, in the order of their removal
    Takeovers(Desired desired, Snapshot snapshot, Graph recorded, List<UnitName> removals) {
        this.recorded = recorded;
        this.removals = removals;
        for (var leaving : removals) {
            var held = ports(Objects.requireNonNull(snapshot.units().get(leaving)).content());
            desired.units()
                    .forEach((taker, wanted) ->
                            ports(wanted.content()).stream()
                                    .filter(held::contains)
                                    .forEach(port -> found(leaving, taker, port)));
        }
    }

    private void found(UnitName leaving, UnitName taker, long port) {
        frees.computeIfAbsent(taker, _ -> new TreeSet<>()).add(leaving);
        reasons.merge(
                leaving,
                "it goes before " + taker + " starts, which takes its port " + port,
                (first, second) -> first + "; " + second);
    }

    private static Set<Long> ports(Map<String, Object> content) {
        var numbers = new HashSet<Long>();
        if (content.get("ports") instanceof Map<?, ?> ports) {
            ports.values()
                    .forEach(port -> {
                        if (port instanceof Number number) {
                            numbers.add(number.longValue());
                        }
                    });
        }
        return numbers;
    }

    /// Why a unit goes early.
    Optional<String> reason(UnitName leaving) {
        return Optional.ofNullable(reasons.get(leaving));
    }

    /// What `taker` waits for, with the units whose ports it takes.
    SortedSet<UnitName> waits(UnitName taker, SortedSet<UnitName> others) {
        var freed = frees.get(taker);
        return freed == null ? others : Edges.of(others, freed);
    }

    /// The removals that come first, in their order.
    List<Step> steps() {
        var early = new TreeSet<UnitName>();
        frees.values().forEach(early::addAll);
        var behind = recorded.within(removals).dependants();
        var open = new ArrayList<>(early);
        while (!open.isEmpty()) {
            for (var unit : behind.getOrDefault(open.removeLast(), List.of())) {
                if (early.add(unit)) {
                    open.add(unit);
                }
            }
        }
        return removals.stream()
                .filter(early::contains)
                .map(unit -> new Step(unit, stage(unit), within(behind.get(unit), early)))
                .toList();
    }

    private Stage stage(UnitName unit) {
        var node = recorded.nodes().get(unit);
        return node == null ? Stage.INTERNAL : node.stage();
    }

    private static SortedSet<UnitName> within(
            @org.jspecify.annotations.Nullable Collection<UnitName> units,
            SortedSet<UnitName> part) {
        var found = new TreeSet<UnitName>(units == null ? List.of() : units);
        found.retainAll(part);
        return found;
    }
}
