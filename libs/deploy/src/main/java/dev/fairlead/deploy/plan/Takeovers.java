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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Ports that one unit holds and another one takes. A unit that leaves is stopped first, and before it whatever leaves
/// with it and waits for it. One that stays and moves to other ports is only told of here: the target ends what runs of
/// it before it starts the one that takes the port, also where two of them swap.
final class Takeovers {
    private final Graph recorded;
    private final List<UnitName> removals;

    /// By the unit that takes the port.
    private final SortedMap<UnitName, SortedSet<UnitName>> frees = new TreeMap<>();

    private final SortedMap<UnitName, String> reasons = new TreeMap<>();
    private final Map<Long, SortedSet<UnitName>> takers = new HashMap<>();

    /// @param removals the units that leave, in the order of their removal
    Takeovers(Desired desired, Snapshot snapshot, Graph recorded, List<UnitName> removals) {
        this.recorded = recorded;
        this.removals = removals;
        desired.units()
                .forEach((taker, wanted) ->
                        ports(wanted.content())
                                .forEach(port ->
                                        takers.computeIfAbsent(port, _ -> new TreeSet<>())
                                                .add(taker)));
        for (var leaving : removals) {
            var held = ports(Objects.requireNonNull(snapshot.units().get(leaving)).content());
            held.forEach(
                    port -> takersOf(port, leaving).forEach(taker -> found(leaving, taker, port)));
        }
    }

    private List<UnitName> takersOf(long port, UnitName holder) {
        return takers.getOrDefault(port, Collections.emptySortedSet()).stream()
                .filter(taker -> !taker.equals(holder))
                .toList();
    }

    /// What is to be said of a unit that moves from ports which others take; empty when there are none.
    String moves(UnitName unit, Map<String, Object> before) {
        var told = new ArrayList<String>();
        for (var port : ports(before)) {
            takersOf(port, unit)
                    .forEach(taker ->
                            told.add(
                                    "; it ends before %s starts, which takes its port %d"
                                            .formatted(taker, port)));
        }
        return String.join("", told);
    }

    private void found(UnitName leaving, UnitName taker, long port) {
        frees.computeIfAbsent(taker, _ -> new TreeSet<>()).add(leaving);
        reasons.merge(
                leaving,
                "it goes before " + taker + " starts, which takes its port " + port,
                (first, second) -> first + "; " + second);
    }

    private static Set<Long> ports(Map<String, Object> content) {
        var numbers = new TreeSet<Long>();
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
