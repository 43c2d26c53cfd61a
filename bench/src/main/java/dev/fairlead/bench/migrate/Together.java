package dev.fairlead.bench.migrate;

import dev.fairlead.migrate.MigrateOutcome;
import dev.fairlead.migrate.Migrations;
import dev.fairlead.migrate.goose.GooseFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// Many migrators of one process at once on one database. Prints how many succeeded, how many of them ran something, and
/// by how many milliseconds the last ended after the one that did the work.
///
/// `Together URL FOLDER COUNT`
public final class Together {
    private Together() {}

    private record Ended(boolean succeeded, int ran, long nanos) {}

    public static void main(String[] args) throws Exception {
        var migrations = GooseFolder.read(Path.of(args[1]), "bench", Map.of());
        int count = Integer.parseInt(args[2]);
        var tasks = new ArrayList<Callable<Ended>>();
        for (int i = 0; i < count; i++) {
            tasks.add(() -> {
                var outcome = Migrations.of(args[0]).from(migrations).up();
                int ran = outcome instanceof MigrateOutcome.Done done ? done.applied().size() : 0;
                return new Ended(outcome instanceof MigrateOutcome.Done, ran, System.nanoTime());
            });
        }
        List<Ended> ended = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : executor.invokeAll(tasks)) {
                ended.add(future.get());
            }
        }
        long holder =
                ended.stream().filter(one -> one.ran() > 0).mapToLong(Ended::nanos).max().orElse(0);
        long last = ended.stream().mapToLong(Ended::nanos).max().orElse(0);
        System.out.printf(
                "%d %d %d%n",
                ended.stream().filter(Ended::succeeded).count(),
                ended.stream().filter(one -> one.ran() > 0).count(),
                (last - holder) / 1_000_000);
    }
}
