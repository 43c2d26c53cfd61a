package dev.fairlead.bench.compare;

import dev.fairlead.bench.compare.Appliers.Step;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.engine.ApplyOptions;
import dev.fairlead.engine.Engine;
import dev.fairlead.engine.Request;
import dev.fairlead.engine.Surroundings;
import dev.fairlead.inventory.Choice;
import dev.fairlead.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The same by the library in a process that has done it before: what is left when no program has to start.
///
/// @param work where the stacks are written
record WarmApply(Path work, TestCluster cluster) {
    private static final int WARM_UP = 4;

    /// A table in Markdown.
    ///
    /// @param rounds of which the median counts, after some that do not
    String run(List<Integer> sizes, int rounds) throws IOException, InterruptedException {
        var table =
                new StringBuilder(
                        "| objects | first | no change | one changed |\n| --- | --- | --- | --- |\n");
        for (int size : sizes) {
            var millis = new EnumMap<Step, List<Double>>(Step.class);
            for (int round = 0; round < rounds + WARM_UP; round++) {
                for (var took : round(size).entrySet()) {
                    if (round >= WARM_UP) {
                        millis.computeIfAbsent(took.getKey(), _ -> new ArrayList<>())
                                .add(took.getValue());
                    }
                }
            }
            table.append("| %,d |".formatted(size));
            millis.values()
                    .forEach(all ->
                            table.append(String.format(Locale.ROOT, " %.0f ms |", median(all))));
            table.append('\n');
        }
        return table.toString();
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /// One engine in a namespace that is new to it: the first deploy pays for the connection too.
    private Map<Step, Double> round(int size) throws IOException, InterruptedException {
        var own = cluster.fresh("bench");
        var variables =
                Map.of(
                        "KUBECONFIG",
                        own.kubeconfig().toString(),
                        "XDG_CACHE_HOME",
                        work.resolve("cache").toString());
        var millis = new EnumMap<Step, Double>(Step.class);
        try (var engine = Engine.create(new Surroundings(Clock.systemUTC(), variables, "bench"))) {
            for (var step : Step.values()) {
                var stack = new ManyObjects(size, step == Step.ONE_CHANGED).stack(work, own);
                long began = System.nanoTime();
                apply(engine, stack);
                millis.put(step, (System.nanoTime() - began) / 1e6);
            }
        }
        own.abandon();
        return millis;
    }

    private static void apply(Engine engine, Path stack) throws IOException {
        var request =
                new Request(
                        stack,
                        new Choice(Optional.of("k"), 0, Optional.empty(), new TreeMap<>()),
                        new TreeSet<>(),
                        new TreeSet<>());
        var options = new ApplyOptions("up", Turn.AT_ONCE, false);
        var outcome = engine.apply(engine.plan(request), options, _ -> {});
        if (!(outcome instanceof Outcome.Ready)) {
            throw new IOException("the deploy ended with " + outcome);
        }
    }
}
