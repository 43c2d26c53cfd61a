package dev.fairlead.bench.compare;

import dev.fairlead.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The same objects deployed by several programs on one API server: first, again without a change, and with one change.
/// Requests and writes are counted from the server's own audit log.
///
/// @param trial one round with the fewest objects
record ApplySection(Path root, TestCluster cluster, Appliers appliers, boolean trial) {
    private static final int ROUNDS = 3;
    private static final List<Integer> SIZES = List.of(36, 300);
    private static final int LARGE = 3_000;

    String run() throws IOException, InterruptedException {
        var text = new StringBuilder();
        text.append(
                "A third each ConfigMaps, Services and Deployments without pods; etcd does not wait for the disk.\n");
        for (int size : trial ? SIZES.subList(0, 1) : SIZES) {
            text.append("\n%,d objects:\n\n".formatted(size));
            text.append(table(measured(size, trial ? 1 : ROUNDS)));
        }
        if (!trial) {
            text.append("\n%,d objects, once:\n\n".formatted(LARGE));
            text.append(table(measured(LARGE, 1)));
        }
        return text.toString();
    }

    /// One step of one contestant.
    private record Figures(Cost cost, AuditLog.Count count) {}

    /// In turns; each round has a namespace of its own.
    private Map<String, Map<Appliers.Step, List<Figures>>> measured(int size, int rounds)
            throws IOException, InterruptedException {
        var all = new LinkedHashMap<String, Map<Appliers.Step, List<Figures>>>();
        var audit = new AuditLog(cluster.auditLog().orElseThrow());
        for (int round = 0; round < rounds; round++) {
            for (var applier : appliers.all().entrySet()) {
                var own = cluster.fresh("bench");
                for (var step : Appliers.Step.values()) {
                    var objects = new ManyObjects(size, step == Appliers.Step.ONE_CHANGED);
                    var command = applier.getValue().command(own, objects);
                    long from = audit.end();
                    var cost = Cost.watched(root, command);
                    all.computeIfAbsent(applier.getKey(), _ -> new LinkedHashMap<>())
                            .computeIfAbsent(step, _ -> new ArrayList<>())
                            .add(new Figures(cost, audit.since(from)));
                }
                demand(own, size, applier.getKey());
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

    private static String table(Map<String, Map<Appliers.Step, List<Figures>>> all) {
        var table =
                new StringBuilder(
                        "| who | step | wall | CPU | peak memory | requests | writes |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        all.forEach((name, steps) ->
                steps.forEach((step, figures) -> {
                    var costs = figures.stream().map(Figures::cost).toList();
                    var last = figures.getLast().count();
                    table.append(
                            String.format(
                                    Locale.ROOT,
                                    "| `%s` | %s | %.0f ms | %.0f ms | %.0f MiB | %d | %d |\n",
                                    name,
                                    step,
                                    Contest.median(costs, Cost::millis),
                                    Contest.median(costs, Cost::cpuMillis),
                                    Contest.median(costs, Cost::peakMib),
                                    last.requests(),
                                    last.writes()));
                }));
        return table.toString();
    }
}
