package dev.fairlead.deploy.graph;

import dev.fairlead.inventory.unit.Edges;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The units of an environment with their edges. Every edge leads to a unit of the graph.
public record Graph(SortedMap<UnitName, Node> nodes) {
    /// One unit.
    ///
    /// @param waitsFor the units that must be ready before it starts
    /// @param timeout the deadline of its step: how long from its start until it must be ready
    public record Node(Stage stage, SortedSet<UnitName> waitsFor, Duration timeout) {
        private Node within(Edges.Filter units) {
            return units.keeps(waitsFor) ? this : new Node(stage, units.of(waitsFor), timeout);
        }
    }

    public static final Graph EMPTY = new Graph(new TreeMap<>());

    public Graph {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        var inside = new Edges.Filter(new HashSet<>(nodes.keySet()));
        for (var entry : nodes.entrySet()) {
            if (!inside.keeps(entry.getValue().waitsFor())) {
                throw new IllegalArgumentException(
                        "an edge of " + entry.getKey() + " leaves the graph");
            }
        }
    }

    /// A graph of these nodes; edges to others are dropped.
    public static Graph of(SortedMap<UnitName, Node> nodes) {
        var inside = new Edges.Filter(new HashSet<>(nodes.keySet()));
        var kept = new TreeMap<>(nodes);
        kept.replaceAll((_, node) -> node.within(inside));
        return new Graph(kept);
    }

    /// The part of it with these units; edges to others are dropped.
    public Graph within(Collection<UnitName> units) {
        var part = new TreeMap<UnitName, Node>();
        var kept = new HashSet<>(units);
        var inside = new Edges.Filter(kept);
        nodes.forEach((name, node) -> {
            if (kept.contains(name)) {
                part.put(name, node.within(inside));
            }
        });
        return new Graph(part);
    }

    /// The part of it with these units, in the order that they have in the whole: what waits for a unit that is left out
    /// waits for what that one waits for, directly or not.
    public Graph across(Collection<UnitName> units) {
        var kept = new HashSet<>(units);
        if (kept.containsAll(nodes.keySet())) {
            return this;
        }
        var bridges = new Bridges(nodes, kept);
        var part = new TreeMap<UnitName, Node>();
        nodes.forEach((name, node) -> {
            if (kept.contains(name)) {
                part.put(name, new Node(node.stage(), bridges.of(node.waitsFor()), node.timeout()));
            }
        });
        return new Graph(part);
    }

    /// This graph and the units of `other` that it lacks; their edges to units of neither are dropped.
    public Graph and(Graph other) {
        var all = new TreeMap<>(other.nodes);
        all.putAll(nodes);
        return of(all);
    }

    /// The order in which they may start: by the edges, then by stage, then by name.
    ///
    /// @throws IllegalStateException when there is a cycle, which a loaded stack cannot have
    public List<UnitName> order() {
        var names = List.copyOf(nodes.keySet());
        var edges = new Numbers(names);
        var free =
                new PriorityQueue<Integer>(
                        Comparator.comparing((Integer i) -> stageOf(names.get(i)))
                                .thenComparing(Comparator.naturalOrder()));
        for (int i = 0; i < names.size(); i++) {
            if (edges.left.get(i) == 0) {
                free.add(i);
            }
        }
        var order = new ArrayList<UnitName>(names.size());
        while (!free.isEmpty()) {
            int next = free.remove();
            order.add(names.get(next));
            edges.done(next, free);
        }
        if (order.size() != nodes.size()) {
            throw new IllegalStateException("the graph has a cycle");
        }
        return Collections.unmodifiableList(order);
    }

    /// The edges in numbers. A set that several units wait for has a number of its own behind those of the units: it is
    /// done when its units are, and a stage that waits for a whole stage needs as many edges as both have units.
    private final class Numbers {
        private final List<Integer> left = new ArrayList<>();
        private final List<List<Integer>> dependants = new ArrayList<>();
        private final int units;

        Numbers(List<UnitName> names) {
            this.units = names.size();
            var index = new HashMap<UnitName, Integer>();
            for (var name : names) {
                index.put(name, add());
            }
            var sets = new IdentityHashMap<SortedSet<UnitName>, Integer>();
            int at = 0;
            for (var node : nodes.values()) {
                for (var part : Edges.parts(node.waitsFor())) {
                    edge(sets.computeIfAbsent(part, members -> set(members, index)), at);
                }
                at++;
            }
        }

        private int add() {
            left.add(0);
            dependants.add(new ArrayList<>());
            return left.size() - 1;
        }

        private int set(SortedSet<UnitName> members, Map<UnitName, Integer> index) {
            int set = add();
            members.forEach(needed -> edge(Objects.requireNonNull(index.get(needed)), set));
            return set;
        }

        private void edge(int needed, int dependant) {
            dependants.get(needed).add(dependant);
            left.set(dependant, left.get(dependant) + 1);
        }

        void done(int number, Collection<Integer> free) {
            for (int dependant : dependants.get(number)) {
                left.set(dependant, left.get(dependant) - 1);
                if (left.get(dependant) == 0 && dependant < units) {
                    free.add(dependant);
                } else if (left.get(dependant) == 0) {
                    done(dependant, free);
                }
            }
        }
    }

    /// For each unit, the units that wait for it, by name; units that nobody waits for are left out.
    public Map<UnitName, List<UnitName>> dependants() {
        var dependants = new HashMap<UnitName, List<UnitName>>();
        nodes.forEach((name, node) ->
                node.waitsFor()
                        .forEach(needed ->
                                dependants
                                        .computeIfAbsent(needed, _ -> new ArrayList<>())
                                        .add(name)));
        return dependants;
    }

    /// All that `units` wait for, directly or not, and the units themselves.
    public SortedSet<UnitName> closure(Collection<UnitName> units) {
        var reached = new TreeSet<UnitName>();
        var open = new ArrayList<>(units);
        while (!open.isEmpty()) {
            var unit = open.removeLast();
            var node = nodes.get(unit);
            if (node != null && reached.add(unit)) {
                node.waitsFor().stream().filter(next -> !reached.contains(next)).forEach(open::add);
            }
        }
        return reached;
    }

    /// Every edge turned round: the order of removals.
    public Graph reversed() {
        var dependants = dependants();
        var turned = new TreeMap<UnitName, Node>();
        nodes.forEach((name, node) ->
                turned.put(
                        name,
                        new Node(
                                node.stage(),
                                new TreeSet<>(dependants.getOrDefault(name, List.of())),
                                node.timeout())));
        return new Graph(turned);
    }

    private Stage stageOf(UnitName name) {
        return Objects.requireNonNull(nodes.get(name)).stage();
    }
}
