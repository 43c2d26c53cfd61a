package dev.fairlead.bench.template;

import dev.fairlead.diagnostic.Source;
import dev.fairlead.template.Rendered;
import dev.fairlead.template.Template;
import dev.fairlead.template.TemplateSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// One thread, warm.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TemplateBenchmark {
    /// How much text one parse reads: a megabyte makes the figure a throughput.
    private static final int TEXT = 1_000_000;

    private final Template table = Table.template();
    private final Map<String, Object> data = Table.data();
    private final TemplateSet set = Table.set();
    private final Source large =
            new Source("large.tpl", Table.text().repeat(TEXT / Table.text().length()));

    /// A table of 1,000 rows.
    @Benchmark
    public Rendered table1000Rows() {
        return table.render(data);
    }

    /// One megabyte of template text.
    @Benchmark
    public Template parseMegabyte() {
        return set.parse(large);
    }
}
