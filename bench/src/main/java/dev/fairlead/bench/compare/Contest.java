package dev.fairlead.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Commands that take turns: A B A B …, so that whatever else the machine does hits them all alike. The first round warms
/// up the disk's cache and does not count; of the others the median does.
///
/// @param contestants by their names in the table; the first is what the others are compared with
record Contest(Path folder, Map<String, List<String>> contestants) {
    private static final int ROUNDS = 5;

    /// A table in Markdown.
    String run() throws IOException, InterruptedException {
        var costs = new LinkedHashMap<String, List<Cost>>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (var contestant : contestants.entrySet()) {
                var cost = Cost.of(folder, contestant.getValue());
                if (round > 0) {
                    costs.computeIfAbsent(contestant.getKey(), _ -> new ArrayList<>()).add(cost);
                }
            }
        }
        var table =
                new StringBuilder(
                        "| command | wall | ratio | CPU | peak memory |\n| --- | --- | --- | --- | --- |\n");
        double first = median(costs.firstEntry().getValue(), Cost::millis);
        costs.forEach((name, all) -> table.append(row(name, all, first)));
        return table.toString();
    }

    static String row(String name, List<Cost> costs, double first) {
        double wall = median(costs, Cost::millis);
        return String.format(
                Locale.ROOT,
                "| `%s` | %.0f ms | %.2f | %.0f ms | %.0f MiB |\n",
                name,
                wall,
                wall / first,
                median(costs, Cost::cpuMillis),
                median(costs, Cost::peakMib));
    }

    static double median(List<Cost> costs, ToDoubleFunction<Cost> what) {
        return costs.stream().mapToDouble(what).sorted().toArray()[costs.size() / 2];
    }
}
