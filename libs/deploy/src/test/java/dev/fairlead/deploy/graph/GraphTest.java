package dev.fairlead.deploy.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.Edges;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GraphTest {
    @Example
    @Covers("DEP-02")
    void theOrderIsByEdgesThenStageThenName() {
        var graph =
                graph(
                        node("web", Stage.FRONTEND, "gate"),
                        node("gate", Stage.EDGE, "api"),
                        node("api", Stage.INTERNAL, "db"),
                        node("early", Stage.EDGE),
                        node("cache", Stage.STATEFUL),
                        node("db", Stage.STATEFUL, "cache"));

        assertThat(names(graph.order()))
                .containsExactly("cache", "db", "api", "early", "gate", "web");
        assertThat(names(graph.reversed().order()).getFirst()).isEqualTo("early");
        assertThat(names(graph.reversed().order()).getLast()).isEqualTo("cache");
    }

    @Example
    void aBarrierIsKeptAsItsStageAndNotAsItsUnits() {
        var graph =
                graph(
                        node("a", Stage.STATEFUL),
                        node("b", Stage.STATEFUL),
                        node("api", Stage.INTERNAL, "a", "b"),
                        node("eager", Stage.INTERNAL, "a"));

        assertThat(Json.compact(GraphTree.of(graph)))
                .contains(
                        "\"api\":{\"stage\":\"internal\",\"afterStages\":[\"stateful\"],\"timeoutMs\":60000}")
                .contains(
                        "\"eager\":{\"stage\":\"internal\",\"waitsFor\":[\"a\"],\"timeoutMs\":60000}");
    }

    @Property(tries = 200)
    void whatIsKeptOfAGraphIsTheGraph(@ForAll("graphs") Graph graph) {
        var text = Json.compact(GraphTree.of(graph));

        assertThat(GraphTree.read(Objects.requireNonNull(Json.read(text)))).isEqualTo(graph);
    }

    @Property(tries = 200)
    void noUnitComesBeforeOneThatItWaitsFor(@ForAll("graphs") Graph graph) {
        var order = graph.order();

        assertThat(order).hasSameSizeAs(graph.nodes().keySet());
        graph.nodes()
                .forEach((name, node) ->
                        assertThat(node.waitsFor())
                                .allMatch(needed -> order.indexOf(needed) < order.indexOf(name)));
    }

    @Property(tries = 200)
    void aPartKeepsTheOrderOfTheWhole(
            @ForAll("graphs") Graph graph, @ForAll("graphs") Graph others) {
        var part = graph.across(others.nodes().keySet());

        var units = new TreeSet<>(graph.nodes().keySet());
        units.retainAll(others.nodes().keySet());
        assertThat(part.nodes().keySet()).isEqualTo(units);
        for (var unit : units) {
            var behind = new TreeSet<>(graph.closure(List.of(unit)));
            behind.retainAll(units);
            assertThat(part.closure(List.of(unit))).isEqualTo(behind);
        }
    }

    /// The units of a stage share what they all wait for; nothing may show that.
    @Property(tries = 200)
    void sharedEdgesMeanWhatOwnOnesMean(
            @ForAll("graphs") Graph graph, @ForAll("graphs") Graph others) {
        var shared = new TreeMap<UnitName, Graph.Node>();
        var common = new IdentityHashMap<Stage, SortedSet<UnitName>>();
        graph.nodes()
                .forEach((name, node) -> {
                    var base =
                            common.merge(
                                    node.stage(),
                                    node.waitsFor(),
                                    (first, second) -> second.containsAll(first) ? first : second);
                    shared.put(
                            name,
                            new Graph.Node(
                                    node.stage(),
                                    Edges.of(
                                            base.size() <= node.waitsFor().size()
                                                            && node.waitsFor().containsAll(base)
                                                    ? base
                                                    : new TreeSet<>(),
                                            node.waitsFor()),
                                    node.timeout()));
                });
        var same = new Graph(shared);
        assertThat(same).isEqualTo(graph).hasSameHashCodeAs(graph);
        assertThat(same.order()).isEqualTo(graph.order());
        assertThat(GraphTree.of(same)).isEqualTo(GraphTree.of(graph));
        var part = others.nodes().keySet();
        assertThat(same.within(part)).isEqualTo(graph.within(part));
        for (var unit : part) {
            assertThat(same.across(part).closure(List.of(unit)))
                    .isEqualTo(graph.across(part).closure(List.of(unit)));
        }
        same.nodes()
                .forEach((name, node) -> {
                    var plain = Objects.requireNonNull(graph.nodes().get(name)).waitsFor();
                    assertThat(List.copyOf(node.waitsFor())).isEqualTo(List.copyOf(plain));
                    if (!plain.isEmpty()) {
                        assertThat(node.waitsFor().first()).isEqualTo(plain.first());
                        assertThat(node.waitsFor().last()).isEqualTo(plain.last());
                        assertThat(node.waitsFor().tailSet(plain.last())).hasSize(1);
                    }
                });
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return Arbitraries.integers()
                .between(0, 14)
                .flatMap(size ->
                        Arbitraries.integers()
                                .between(0, 99)
                                .list()
                                .ofSize(size * size + size)
                                .map(numbers -> RandomGraphs.of(size, numbers)));
    }

    private static Graph graph(Named... nodes) {
        var map = new TreeMap<UnitName, Graph.Node>();
        for (var named : nodes) {
            map.put(named.name(), named.node());
        }
        return new Graph(map);
    }

    private record Named(UnitName name, Graph.Node node) {}

    private static Named node(String name, Stage stage, String... waitsFor) {
        var needed = new TreeSet<UnitName>();
        for (var unit : waitsFor) {
            needed.add(new UnitName(unit));
        }
        return new Named(new UnitName(name), new Graph.Node(stage, needed, Duration.ofMinutes(1)));
    }

    private static List<String> names(List<UnitName> units) {
        return units.stream().map(UnitName::value).toList();
    }
}
