package dev.fairlead.deploy.graph;

import dev.fairlead.inventory.unit.Edges;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A graph as a plain tree. A unit that waits for every unit of a stage names the stage, so that the tree grows with the
/// units and not with their edges:
/// `{api: {stage: internal, afterStages: [stateful], waitsFor: [deps], timeoutMs: 60000}}`.
public final class GraphTree {
    private GraphTree() {}

    public static SortedMap<String, Object> of(Graph graph) {
        var members = members(graph.nodes());
        var stages = new HashMap<UnitName, Stage>();
        graph.nodes().forEach((name, node) -> stages.put(name, node.stage()));
        // What all units of a stage wait for is looked at once.
        var known = new IdentityHashMap<SortedSet<UnitName>, Map<Stage, List<UnitName>>>();
        var tree = new TreeMap<String, Object>();
        graph.nodes()
                .forEach((name, node) -> {
                    var found = new EnumMap<Stage, List<UnitName>>(Stage.class);
                    for (var part : Edges.parts(node.waitsFor())) {
                        known.computeIfAbsent(part, units -> byStage(units, stages))
                                .forEach((stage, units) ->
                                        found.merge(stage, units, GraphTree::joined));
                    }
                    tree.put(name.value(), of(node, found, members));
                });
        return tree;
    }

    private static Map<Stage, List<UnitName>> byStage(
            SortedSet<UnitName> units, Map<UnitName, Stage> stages) {
        var found = new EnumMap<Stage, List<UnitName>>(Stage.class);
        for (var needed : units) {
            var stage = Objects.requireNonNull(stages.get(needed));
            found.computeIfAbsent(stage, _ -> new ArrayList<>()).add(needed);
        }
        return found;
    }

    private static List<UnitName> joined(List<UnitName> some, List<UnitName> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static Map<String, Object> of(
            Graph.Node node,
            Map<Stage, List<UnitName>> found,
            Map<Stage, SortedSet<UnitName>> members) {
        var whole = new ArrayList<String>();
        var single = new TreeSet<UnitName>();
        found.forEach((stage, needed) -> {
            if (needed.size() == members.getOrDefault(stage, new TreeSet<>()).size()) {
                whole.add(stage.toString());
            } else {
                single.addAll(needed);
            }
        });
        var tree = new LinkedHashMap<String, Object>();
        tree.put("stage", node.stage().toString());
        if (!whole.isEmpty()) {
            tree.put("afterStages", whole);
        }
        if (!single.isEmpty()) {
            tree.put("waitsFor", single.stream().map(UnitName::value).toList());
        }
        tree.put("timeoutMs", node.timeout().toMillis());
        return tree;
    }

    /// The graph of a tree.
    ///
    /// @throws IllegalArgumentException when the tree is not a graph
    public static Graph read(Object tree) {
        if (!(tree instanceof Map<?, ?> units)) {
            throw new IllegalArgumentException("not a graph");
        }
        var bare = new TreeMap<UnitName, Graph.Node>();
        units.forEach((name, unit) ->
                bare.put(
                        new UnitName(String.valueOf(name)),
                        new Graph.Node(
                                stage(member(unit, "stage")),
                                Collections.emptySortedSet(),
                                Duration.ofMillis(number(member(unit, "timeoutMs"))))));
        var members = members(bare);
        var behind = new HashMap<List<?>, SortedSet<UnitName>>();
        var nodes = new TreeMap<UnitName, Graph.Node>();
        bare.forEach((name, node) -> {
            var unit = units.get(name.value());
            var single = new ArrayList<UnitName>();
            list(member(unit, "waitsFor"))
                    .forEach(needed -> single.add(new UnitName(String.valueOf(needed))));
            var waitsFor =
                    Edges.of(
                            behind.computeIfAbsent(
                                    list(member(unit, "afterStages")),
                                    after -> after(after, members)),
                            single);
            nodes.put(name, new Graph.Node(node.stage(), waitsFor, node.timeout()));
        });
        return new Graph(nodes);
    }

    private static SortedSet<UnitName> after(
            List<?> after, Map<Stage, SortedSet<UnitName>> members) {
        var units = new TreeSet<UnitName>();
        after.forEach(stage ->
                units.addAll(members.getOrDefault(stage(stage), Collections.emptySortedSet())));
        return units;
    }

    private static Map<Stage, SortedSet<UnitName>> members(SortedMap<UnitName, Graph.Node> nodes) {
        var members = new EnumMap<Stage, SortedSet<UnitName>>(Stage.class);
        nodes.forEach((name, node) ->
                members.computeIfAbsent(node.stage(), _ -> new TreeSet<>()).add(name));
        return members;
    }

    private static Object member(@Nullable Object map, String key) {
        var value = map instanceof Map<?, ?> object ? object.get(key) : null;
        return value == null ? "" : value;
    }

    private static Stage stage(Object word) {
        return Stage.valueOf(String.valueOf(word).toUpperCase(Locale.ROOT));
    }

    private static long number(Object value) {
        return value instanceof Number number ? number.longValue() : 0;
    }

    private static List<?> list(Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
