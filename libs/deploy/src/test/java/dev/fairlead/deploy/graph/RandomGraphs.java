package dev.fairlead.deploy.graph;

import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// Graphs without cycles out of plain numbers, so that jqwik can shrink them.
public final class RandomGraphs {
    private static final int EDGE_PERCENT = 30;
    private static final List<Stage> STAGES = List.of(Stage.values());

    private RandomGraphs() {}

    /// @param numbers `size` stages and `size * size` chances, each 0 to 99
    public static Graph of(int size, List<Integer> numbers) {
        var names = new ArrayList<UnitName>();
        var nodes = new TreeMap<UnitName, Graph.Node>();
        for (int i = 0; i < size; i++) {
            // Names that do not sort in the order of the edges.
            var name = new UnitName("u" + (i * 7 % size) + "-" + i);
            var waitsFor = new TreeSet<UnitName>();
            for (int j = 0; j < i; j++) {
                if (numbers.get(size + i * size + j) < EDGE_PERCENT) {
                    waitsFor.add(names.get(j));
                }
            }
            var stage = STAGES.get(numbers.get(i) % STAGES.size());
            nodes.put(name, new Graph.Node(stage, waitsFor, Duration.ofMinutes(1)));
            names.add(name);
        }
        return new Graph(nodes);
    }
}
