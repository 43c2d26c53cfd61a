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

/// Migrations beside those of others: whole processes on a PostgreSQL of the machine, each on a new database.
record MigrateSection(Path root, Server server, Migrators migrators) {
    private static final int MANY = 10_000;
    private static final int SOME = 1_000;
    private static final int MIGRATORS = 64;

    String run() throws IOException, InterruptedException {
        var text = new StringBuilder();
        text.append("PostgreSQL ")
                .append(server.release())
                .append(", commits wait for the disk.\n\n");
        text.append("%,d one-statement migrations on an empty database:\n\n".formatted(SOME));
        var some = onEmpty(SOME, 3);
        text.append(table(some));
        text.append("\n%,d:\n\n".formatted(MANY));
        var many = onEmpty(MANY, 1);
        text.append(table(many));
        text.append("\nNothing to do, with %,d applied:\n\n".formatted(MANY));
        text.append(table(nothingToDo()));
        text.append("\n%d at once on an empty database, 100 migrations:\n\n".formatted(MIGRATORS));
        text.append(atOnce());
        text.append(
                "\nAn application with 8 connections and 400 transactions a second, while its table gets a column and a report reads the table for 8 s; a migration waits 3 s at most for a lock, again and again:\n\n");
        text.append(new Application(root, server, migrators).run());
        return text.toString();
    }

    /// In turns, the first round not counted where there are several.
    private Map<String, List<Cost>> onEmpty(int count, int rounds)
            throws IOException, InterruptedException {
        var costs = new LinkedHashMap<String, List<Cost>>();
        for (int round = rounds > 1 ? 0 : 1; round <= rounds; round++) {
            for (var migrator : migrators.all().entrySet()) {
                var database = server.fresh();
                var command = migrator.getValue().on(database, count);
                server.settle();
                var cost = Cost.watched(root, command);
                demand(database, count, migrator.getKey());
                if (round > 0) {
                    costs.computeIfAbsent(migrator.getKey(), _ -> new ArrayList<>()).add(cost);
                }
                server.drop(database);
            }
        }
        return costs;
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

    private Map<String, List<Cost>> nothingToDo() throws IOException, InterruptedException {
        var commands = new LinkedHashMap<String, List<String>>();
        for (var migrator : migrators.all().entrySet()) {
            if (migrator.getKey().equals("raw JDBC")) {
                continue; // it knows no second run
            }
            var command = migrator.getValue().on(server.fresh(), MANY);
            Cost.watched(root, command);
            commands.put(migrator.getKey(), command);
        }
        server.settle();
        var costs = new LinkedHashMap<String, List<Cost>>();
        for (int round = 0; round <= 5; round++) {
            for (var command : commands.entrySet()) {
                var cost = Cost.watched(root, command.getValue());
                if (round > 0) {
                    costs.computeIfAbsent(command.getKey(), _ -> new ArrayList<>()).add(cost);
                }
            }
        }
        return costs;
    }

    private String atOnce() throws IOException, InterruptedException {
        var table =
                new StringBuilder(
                        "| who | succeeded | wall | the last after the one that worked |\n| --- | --- | --- | --- |\n");
        var database = server.fresh();
        long began = System.nanoTime();
        var printed =
                Cost.output(root, migrators.together(database, 100, MIGRATORS)).split(" ", -1);
        table.append(
                String.format(
                        Locale.ROOT,
                        "| Fairlead, %d in one process | %s of %d, %s did the work | %.0f ms | %s ms |\n",
                        MIGRATORS,
                        printed[0],
                        MIGRATORS,
                        printed[1],
                        (System.nanoTime() - began) / 1e6,
                        printed[2]));
        demand(database, 100, "Fairlead");
        table.append(processes("fairlead migrate up", migrators::ours));
        table.append(processes("goose", migrators::goose));
        table.append(processes("dbmate", migrators::dbmate));
        return table.toString();
    }

    private String processes(String name, Migrators.Command command)
            throws IOException, InterruptedException {
        var database = server.fresh();
        var line = command.on(database, 100);
        long began = System.nanoTime();
        var started = new ArrayList<Process>();
        for (int i = 0; i < MIGRATORS; i++) {
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
                MIGRATORS,
                succeeded,
                MIGRATORS,
                (System.nanoTime() - began) / 1e6);
    }

    private static String table(Map<String, List<Cost>> costs) {
        var table =
                new StringBuilder(
                        "| who | wall | ratio | CPU | peak memory |\n| --- | --- | --- | --- | --- |\n");
        double first = Contest.median(costs.entrySet().iterator().next().getValue(), Cost::millis);
        costs.forEach((name, all) -> table.append(Contest.row(name, all, first)));
        return table.toString();
    }
}
