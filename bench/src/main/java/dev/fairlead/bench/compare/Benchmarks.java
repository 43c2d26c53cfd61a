package dev.fairlead.bench.compare;

import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// The JMH benchmarks of this module, as a table.
final class Benchmarks {
    private Benchmarks() {}

    static String run() throws RunnerException {
        var options =
                new OptionsBuilder()
                        .include("dev\\.fairlead\\.bench\\..*Benchmark")
                        .forks(1)
                        .warmupIterations(4)
                        .warmupTime(TimeValue.seconds(2))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(2))
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build();
        var table =
                new StringBuilder(
                        "| benchmark | time | ± | allocated |\n| --- | --- | --- | --- |\n");
        for (var result : new Runner(options).run()) {
            var name = result.getParams().getBenchmark();
            var primary = result.getPrimaryResult();
            var allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
            table.append(
                    String.format(
                            Locale.ROOT,
                            "| %s%s | %.1f µs | %.1f | %.0f KiB |\n",
                            name.substring(name.lastIndexOf('.') + 1),
                            result.getParams().getParamsKeys().stream()
                                    .map(key -> " " + result.getParams().getParam(key))
                                    .reduce("", String::concat),
                            primary.getScore(),
                            primary.getScoreError(),
                            allocated == null ? 0 : allocated.getScore() / 1024));
        }
        return table.toString();
    }
}
