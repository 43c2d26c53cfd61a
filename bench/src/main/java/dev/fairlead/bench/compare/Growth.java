package dev.fairlead.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How the cost of `fairlead plan` grows with the stack: whole, cold processes.
record Growth(Path root, String fairlead) {
    private static final List<Integer> SIZES = List.of(1, 10, 100, 1_000, 10_000);
    private static final int ROUNDS = 3;

    String run() throws IOException, InterruptedException {
        var table =
                new StringBuilder(
                        "| units | `fairlead plan` | CPU | peak memory |\n| --- | --- | --- | --- |\n");
        var walls = new ArrayList<Double>();
        for (int size : SIZES) {
            var costs = new ArrayList<Cost>();
            var folder = stack(size);
            for (int round = 0; round <= ROUNDS; round++) {
                var cost = Cost.of(folder, List.of(fairlead, "plan"));
                if (round > 0) {
                    costs.add(cost);
                }
            }
            double wall = Contest.median(costs, Cost::millis);
            walls.add(wall);
            table.append(
                    String.format(
                            Locale.ROOT,
                            "| %,d | %.0f ms | %.0f ms | %.0f MiB |\n",
                            size,
                            wall,
                            Contest.median(costs, Cost::cpuMillis),
                            Contest.median(costs, Cost::peakMib)));
        }
        return table + plot(walls);
    }

    private static String plot(List<Double> walls) {
        return """

        ```mermaid
        xychart-beta
          title "fairlead plan, cold"
          x-axis "units" [%s]
          y-axis "ms"
          line [%s]
        ```
        """
                .formatted(
                        SIZES.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        walls.stream()
                                .map(wall -> String.format(Locale.ROOT, "%.0f", wall))
                                .collect(Collectors.joining(", ")));
    }

    private Path stack(int size) throws IOException {
        var folder = Files.createDirectories(root.resolve("bench/target/stacks/" + size));
        Files.writeString(
                folder.resolve("services.yaml"), dev.fairlead.bench.plan.LargeStack.text(size));
        return folder;
    }
}
