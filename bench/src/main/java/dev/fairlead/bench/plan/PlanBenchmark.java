package dev.fairlead.bench.plan;

import dev.fairlead.engine.Engine;
import dev.fairlead.engine.Planned;
import dev.fairlead.engine.Request;
import dev.fairlead.engine.Surroundings;
import dev.fairlead.inventory.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// From the file to the plan: read, outline, resolve, render, compare with an environment that has nothing yet.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlanBenchmark {
    @Param({"200", "1000"})
    private int units;

    private final Engine engine =
            Engine.create(new Surroundings(Clock.systemUTC(), Map.of(), "bench"));
    private Request request = of(Path.of(""));

    @Setup
    public void write() throws IOException {
        var folder = Files.createTempDirectory("fairlead-bench-");
        Files.writeString(folder.resolve("services.yaml"), LargeStack.text(units));
        request = of(folder);
    }

    @TearDown
    public void close() throws IOException {
        engine.close();
        Files.delete(request.stack().resolve("services.yaml"));
        Files.delete(request.stack());
    }

    @Benchmark
    public Planned plan() {
        return engine.plan(request);
    }

    private static Request of(Path folder) {
        var choice = new Choice(Optional.empty(), 0, Optional.empty(), new TreeMap<>());
        return new Request(folder, choice, new TreeSet<>(), new TreeSet<>());
    }
}
