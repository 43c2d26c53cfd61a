package dev.fairlead.bench.compare;

import dev.fairlead.bench.compare.Appliers.Applier;
import dev.fairlead.bench.compare.Appliers.Step;
import dev.fairlead.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// The same objects deployed by several programs on one API server: first, again without a change, and with one change.
/// Requests and writes are counted from the server's own audit log.
///
/// @param trial one round with the fewest objects
record ApplySection(Path root, TestCluster cluster, Appliers appliers, boolean trial) {
    private static final int ROUNDS = 3;
    private static final List<Integer> SIZES = List.of(36, 300);
    private static final List<Integer> GROWTH = List.of(36, 300, 999, 3_000);

    String run() throws IOException, InterruptedException {
        var text =
                new StringBuilder(
                        "A third each ConfigMaps, Services and Deployments without pods; etcd does not wait for the disk.\n");
        for (int size : trial ? SIZES.subList(0, 1) : SIZES) {
            text.append("\n%,d objects:\n\n".formatted(size));
            text.append(table(measured(size, trial ? 1 : ROUNDS, appliers.all())));
        }
        text.append("\nIn a process that is warm, without its start:\n\n");
        text.append(
                new WarmApply(appliers.work(), cluster)
                        .run(trial ? SIZES.subList(0, 1) : SIZES, trial ? 1 : ROUNDS));
        if (!trial) {
            text.append(growth());
        }
        return text.toString();
    }

    /// One step of one contestant.
    private record Figures(Cost cost, AuditLog.Count count) {}

    /// In turns; each round has a namespace of its own.
    private Map<String, Map<Step, List<Figures>>> measured(
            int size, int rounds, List<Applier> contestants)
            throws IOException, InterruptedException {
        var all = new LinkedHashMap<String, Map<Step, List<Figures>>>();
        var audit =
                new AuditLog(
                        cluster.auditLog()
                                .orElseThrow(() -> new IOException("no audit log is known")));
        for (int round = 0; round < rounds; round++) {
            for (var applier : contestants) {
                var own = cluster.fresh("bench");
                for (var step : Step.values()) {
                    var objects = new ManyObjects(size, step == Step.ONE_CHANGED);
                    var command = applier.input().command(own, objects);
                    long from = audit.end();
                    var cost = Cost.watched(root, command);
                    all.computeIfAbsent(applier.name(), _ -> new LinkedHashMap<>())
                            .computeIfAbsent(step, _ -> new ArrayList<>())
                            .add(new Figures(cost, audit.since(from, applier.agent())));
                }
                demand(own, size, applier.name());
                own.abandon();
            }
        }
        return all;
    }

    private static void demand(TestCluster own, int size, String applier)
            throws IOException, InterruptedException {
        var names = own.kubectl("get", "deployments", "-o", "name", "-l", "bench=yes");
        if (names.lines().count() != size / 3) {
            throw new IOException(
                    "%s made %d of %d deployments"
                            .formatted(applier, names.lines().count(), size / 3));
        }
    }

    private static String table(Map<String, Map<Step, List<Figures>>> all) {
        var table =
                new StringBuilder(
                        "| who | step | wall | CPU | peak memory | requests | writes | of bookkeeping |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        all.forEach((name, steps) ->
                steps.forEach((step, figures) -> {
                    var last = figures.getLast().count();
                    table.append(
                            String.format(
                                    Locale.ROOT,
                                    "| `%s` | %s | %.0f ms | %.0f ms | %.0f MiB | %d | %d | %d |\n",
                                    name,
                                    step,
                                    wall(figures),
                                    Contest.median(costs(figures), Cost::cpuMillis),
                                    Contest.median(costs(figures), Cost::peakMib),
                                    last.requests(),
                                    last.writes(),
                                    last.bookkeeping()));
                }));
        return table.toString();
    }

    private static List<Figures> figures(Map<Step, List<Figures>> steps, Step step) {
        return Objects.requireNonNull(steps.get(step));
    }

    private static List<Cost> costs(List<Figures> figures) {
        return figures.stream().map(Figures::cost).toList();
    }

    private static double wall(List<Figures> figures) {
        return Contest.median(costs(figures), Cost::millis);
    }

    /// Fairlead alone, once each.
    private String growth() throws IOException, InterruptedException {
        var table =
                new StringBuilder(
                        "\n`fairlead up` of more and more objects:\n\n| objects | first | no change | one changed | requests: first | no change | one changed |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        var first = new ArrayList<Double>();
        for (int size : GROWTH) {
            var steps = measured(size, 1, List.of(appliers.ours())).values().iterator().next();
            first.add(wall(figures(steps, Step.FIRST)));
            table.append(String.format(Locale.ROOT, "| %,d |", size));
            for (var step : Step.values()) {
                table.append(String.format(Locale.ROOT, " %.0f ms |", wall(figures(steps, step))));
            }
            for (var step : Step.values()) {
                table.append(" %d |".formatted(figures(steps, step).getLast().count().requests()));
            }
            table.append('\n');
        }
        return table + plot(first);
    }

    private static String plot(List<Double> first) {
        return """

        ```mermaid
        xychart-beta
          title "fairlead up of objects that are not there yet"
          x-axis "objects" [%s]
          y-axis "ms"
          line [%s]
        ```
        """
                .formatted(
                        GROWTH.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        first.stream()
                                .map(wall -> String.format(Locale.ROOT, "%.0f", wall))
                                .collect(Collectors.joining(", ")));
    }
}
