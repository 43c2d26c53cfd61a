package dev.fairlead.bench.template;

import dev.fairlead.diagnostic.Source;
import dev.fairlead.template.EnvironmentVariables;
import dev.fairlead.template.FairleadFunctions;
import dev.fairlead.template.FunctionTable;
import dev.fairlead.template.Template;
import dev.fairlead.template.TemplateSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// A table of 1,000 rows, of plain maps as manifests see them. `main` prints the microseconds of one rendering, measured
/// as its peer in Go does it (`bench/src/main/go/table`).
public final class Table {
    private static final int ROWS = 1_000;
    private static final int BATCHES = 50;
    private static final int BATCH = 20;
    // A just-in-time compiler needs longer than Go, which has nothing to warm up but its caches.
    private static final int WARM_UP = 200;

    private Table() {}

    static String text() {
        try (var in = Objects.requireNonNull(Table.class.getResourceAsStream("/table.tpl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Template template() {
        return set().parse(new Source("table.tpl", text()));
    }

    static TemplateSet set() {
        var functions =
                FunctionTable.builtins().with(FairleadFunctions.table(EnvironmentVariables.none()));
        return TemplateSet.builder().functions(functions).build();
    }

    static Map<String, Object> data() {
        List<Object> rows =
                IntStream.range(0, ROWS)
                        .<Object>mapToObj(i ->
                                Map.of("name", "row-" + i, "value", i * 7, "last", i == ROWS - 1))
                        .toList();
        return Map.of("rows", rows);
    }

    /// Prints the median of the batches.
    public static void main(String[] args) {
        var template = template();
        var data = data();
        var times = new double[BATCHES];
        long length = 0;
        for (int i = -WARM_UP; i < BATCHES; i++) {
            long started = System.nanoTime();
            for (int j = 0; j < BATCH; j++) {
                length += template.render(data).text().reveal().length();
            }
            if (i >= 0) {
                times[i] = (System.nanoTime() - started) / 1_000.0 / BATCH;
            }
        }
        Arrays.sort(times);
        if (length == 0) {
            throw new IllegalStateException("the table is empty");
        }
        System.out.printf("%.1f%n", times[BATCHES / 2]);
    }
}
