package dev.fairlead.deploy.graph;

import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The edges of a graph that a drawing needs: what follows from others is left out, so that of two stages with a hundred
/// units each not ten thousand lines remain.
public final class Reduction {
    private Reduction() {}

    /// For each unit the units that it waits for and that no other one of these waits for.
    public static SortedMap<UnitName, SortedSet<UnitName>> of(Graph graph) {
        var order = graph.order();
        var numbers = new HashMap<UnitName, Integer>();
        order.forEach(unit -> numbers.put(unit, numbers.size()));
        var behind = new ArrayList<BitSet>();
        var edges = new TreeMap<UnitName, SortedSet<UnitName>>();
        for (var unit : order) {
            var node = Objects.requireNonNull(graph.nodes().get(unit));
            var implied = new BitSet();
            var all = new BitSet();
            for (var needed : node.waitsFor()) {
                int number = Objects.requireNonNull(numbers.get(needed));
                implied.or(behind.get(number));
                all.set(number);
            }
            edges.put(unit, direct(all, implied, order));
            all.or(implied);
            behind.add(all);
        }
        return edges;
    }

    private static SortedSet<UnitName> direct(BitSet all, BitSet implied, List<UnitName> order) {
        var direct = new TreeSet<UnitName>();
        all.stream().filter(number -> !implied.get(number)).forEach(n -> direct.add(order.get(n)));
        return direct;
    }
}
