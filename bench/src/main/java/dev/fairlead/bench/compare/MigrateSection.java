package dev.fairlead.bench.compare;

import dev.fairlead.bench.migrate.Address;
import dev.fairlead.bench.migrate.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Migrations beside those of others: whole processes on a PostgreSQL of the machine, each on a new database. Who is slow is
/// measured less often; the tables say how often.
///
/// @param size what all counts are divided by, to try it
record MigrateSection(Path root, Server server, Migrators migrators, int size) {
    private static final int MANY = 10_000;
    private static final int SOME = 1_000;
    private static final int MIGRATORS = 64;
    private static final int ROUNDS = 3;
    private static final int ROUNDS_OF_NOTHING = 5;

    /// Nobody is run again who took so long already, in all rounds together.
    private static final double ENOUGH_MILLIS = 8_000;

    String run() throws IOException, InterruptedException {
        int some = SOME / size;
        int many = MANY / size;
        int at = Math.max(2, MIGRATORS / size);
        var text = new StringBuilder();
        text.append("PostgreSQL ")
                .append(server.release())
                .append(", commits wait for the disk.\n\n");
        var present = present(text);
        text.append("%,d one-statement migrations on an empty database:\n\n".formatted(some));
        text.append(table(onEmpty(some, present)));
        text.append("\n%,d:\n\n".formatted(many));
        var applied = new LinkedHashMap<String, List<String>>();
        text.append(table(once(many, present, applied)));
        text.append("\nNothing to do, with %,d applied:\n\n".formatted(many));
        text.append(table(nothingToDo(applied)));
        text.append("\n%d at once on an empty database, 100 migrations:\n\n".formatted(at));
        text.append(atOnce(at, present));
        text.append(
                "\nAn application with 8 connections and 400 transactions a second, while its table gets a column and a report reads the table for 8 s; a migration waits 3 s at most for a lock, again and again:\n\n");
        text.append(new Application(root, server, migrators).run());
        return text.toString();
    }

    /// Those who can migrate here, each tried with two migrations. Why another one cannot stands in the text: a peer that
    /// cannot be fetched today does not cost the figures of all others.
    private Map<String, Migrators.Command> present(StringBuilder text)
            throws IOException, InterruptedException {
        var present = new LinkedHashMap<String, Migrators.Command>();
        for (var migrator : migrators.all().entrySet()) {
            var name = migrator.getKey();
            var database = server.fresh();
            try {
                run(migrator.getValue().on(database, 2), database, 2, name);
                present.put(name, migrator.getValue());
            } catch (IOException e) {
                if (name.equals(Migrators.OURS)) {
                    throw e;
                }
                System.err.printf("%s is left out: %s%n", name, e.getMessage());
                text.append("Left out, as it could not be run: ").append(name).append(".\n\n");
            }
            server.drop(database);
        }
        return present;
    }

    /// In turns. The first run of each is not counted where there is a second.
    private Map<String, List<Cost>> onEmpty(int count, Map<String, Migrators.Command> present)
            throws IOException, InterruptedException {
        var costs = new LinkedHashMap<String, List<Cost>>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (var migrator : present.entrySet()) {
                var own = costs.computeIfAbsent(migrator.getKey(), _ -> new ArrayList<>());
                if (enough(own)) {
                    continue;
                }
                var database = server.fresh();
                var command = migrator.getValue().on(database, count);
                own.add(run(command, database, count, migrator.getKey()));
                server.drop(database);
            }
        }
        costs.values().forEach(MigrateSection::withoutWarmUp);
        return costs;
    }

    private static boolean enough(List<Cost> costs) {
        return costs.stream().mapToDouble(Cost::millis).sum() >= ENOUGH_MILLIS;
    }

    private static void withoutWarmUp(List<Cost> costs) {
        if (costs.size() > 1) {
            costs.removeFirst();
        }
    }

    /// Each once; the databases stay.
    ///
    /// @param applied gets the commands that find nothing to do from then on
    private Map<String, List<Cost>> once(
            int count, Map<String, Migrators.Command> present, Map<String, List<String>> applied)
            throws IOException, InterruptedException {
        var costs = new LinkedHashMap<String, List<Cost>>();
        for (var migrator : present.entrySet()) {
            var database = server.fresh();
            var command = migrator.getValue().on(database, count);
            costs.put(migrator.getKey(), List.of(run(command, database, count, migrator.getKey())));
            if (!migrator.getKey().equals(Migrators.RAW)) { // it knows no second run
                applied.put(migrator.getKey(), command);
            }
        }
        return costs;
    }

    private Cost run(List<String> command, Address database, int count, String migrator)
            throws IOException, InterruptedException {
        System.err.printf("%s, %,d migrations ...%n", migrator, count);
        server.settle();
        var cost = Cost.watched(root, command);
        demand(database, count, migrator);
        return cost;
    }

    private void demand(Address database, int count, String migrator)
            throws IOException, InterruptedException {
        var made =
                server.value(
                        database, "SELECT count(*) FROM pg_class WHERE relname ~ '^t_[0-9]+$'");
        if (!made.equals(String.valueOf(count))) {
            throw new IOException("%s made %s of %d tables".formatted(migrator, made, count));
        }
    }

    private Map<String, List<Cost>> nothingToDo(Map<String, List<String>> commands)
            throws IOException, InterruptedException {
        System.err.println("nothing to do ...");
        server.settle();
        var costs = new LinkedHashMap<String, List<Cost>>();
        for (int round = 0; round <= ROUNDS_OF_NOTHING; round++) {
            for (var command : commands.entrySet()) {
                var own = costs.computeIfAbsent(command.getKey(), _ -> new ArrayList<>());
                if (!enough(own)) {
                    own.add(Cost.watched(root, command.getValue()));
                }
            }
        }
        costs.values().forEach(MigrateSection::withoutWarmUp);
        return costs;
    }

    private String atOnce(int count, Map<String, Migrators.Command> present)
            throws IOException, InterruptedException {
        var table =
                new StringBuilder(
                        "| who | succeeded | wall | the last after the one that worked |\n| --- | --- | --- | --- |\n");
        var database = server.fresh();
        long began = System.nanoTime();
        var printed = Cost.output(root, migrators.together(database, 100, count)).split(" ", -1);
        table.append(
                String.format(
                        Locale.ROOT,
                        "| Fairlead, %d in one process | %s of %d, %s did the work | %.0f ms | %s ms |\n",
                        count,
                        printed[0],
                        count,
                        printed[1],
                        (System.nanoTime() - began) / 1e6,
                        printed[2]));
        demand(database, 100, "Fairlead");
        for (var name : List.of(Migrators.OURS, Migrators.GOOSE, Migrators.DBMATE)) {
            if (present.containsKey(name)) {
                table.append(processes(count, name, present.get(name)));
            }
        }
        return table.toString();
    }

    private String processes(int count, String name, Migrators.Command command)
            throws IOException, InterruptedException {
        System.err.printf("%d of %s at once ...%n", count, name);
        var database = server.fresh();
        var line = command.on(database, 100);
        long began = System.nanoTime();
        var started = new ArrayList<Process>();
        for (int i = 0; i < count; i++) {
            started.add(
                    new ProcessBuilder(line)
                            .directory(root.toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start());
        }
        int succeeded = 0;
        for (var process : started) {
            succeeded += process.waitFor() == 0 ? 1 : 0;
        }
        return String.format(
                Locale.ROOT,
                "| `%s`, %d processes | %d of %d | %.0f ms | |\n",
                name,
                count,
                succeeded,
                count,
                (System.nanoTime() - began) / 1e6);
    }

    private static String table(Map<String, List<Cost>> costs) {
        var table =
                new StringBuilder(
                        "| who | wall | ratio | CPU | peak memory | runs |\n| --- | --- | --- | --- | --- | --- |\n");
        double first = Contest.median(costs.entrySet().iterator().next().getValue(), Cost::millis);
        costs.forEach((name, all) ->
                table.append(Contest.row(name, all, first).stripTrailing())
                        .append(' ')
                        .append(all.size())
                        .append(" |\n"));
        return table.toString();
    }
}
