package dev.fairlead.bench.compare;

import dev.fairlead.bench.migrate.Address;
import dev.fairlead.bench.migrate.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An application at work on a table that gets a column while a report reads it: how long the application's statements
/// wait. Behind a statement that queues for the table everybody queues, as long as it may.
record Application(Path root, Server server, Migrators migrators) {
    private static final int SECONDS = 15;
    private static final int REPORT_SECONDS = 8;
    private static final String COLUMN = "ALTER TABLE accounts ADD COLUMN note text";
    private static final String WORK =
            "\\set id random(1, 1000)\nUPDATE accounts SET n = n + 1 WHERE id = :id;\nSELECT n FROM accounts WHERE id = :id;\n";

    /// Who changes the table.
    interface Change {
        List<String> on(Address database) throws IOException;
    }

    String run() throws IOException, InterruptedException {
        var table =
                new StringBuilder(
                        "| who changes the table | transactions | p50 | p99 | longest |\n| --- | --- | --- | --- | --- |\n");
        table.append(row("nobody", Optional.empty()));
        table.append(row("`fairlead migrate up`", Optional.of(this::ours)));
        table.append(row("`psql`, without `lock_timeout`", Optional.of(this::plain)));
        return table.toString();
    }

    private List<String> ours(Address database) throws IOException {
        var folder = server.folder().resolve("column");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("00001_column.sql"), "-- +goose Up\n" + COLUMN + ";\n");
        return List.of(
                migrators.fairlead(),
                "migrate",
                "up",
                "--database",
                database.url(),
                "--source",
                folder.toString());
    }

    private List<String> plain(Address database) {
        return server.psqlCommand(database, COLUMN);
    }

    private String row(String name, Optional<Change> change)
            throws IOException, InterruptedException {
        var database = server.fresh();
        Cost.output(
                root,
                server.psqlCommand(
                        database,
                        "CREATE TABLE accounts AS SELECT i AS id, 0 AS n FROM generate_series(1, 1000) i; ALTER TABLE accounts ADD PRIMARY KEY (id)"));
        var logs = Files.createTempDirectory("fairlead-application-");
        var script = Files.writeString(logs.resolve("work.sql"), WORK);
        var application = start(work(database, script, logs));
        Thread.sleep(1_000);
        var report =
                start(
                        server.psqlCommand(
                                database,
                                "BEGIN; SELECT count(*) FROM accounts; SELECT pg_sleep(%d); COMMIT"
                                        .formatted(REPORT_SECONDS)));
        Thread.sleep(500);
        var changing =
                change.isPresent()
                        ? Optional.of(start(change.get().on(database)))
                        : Optional.<Process>empty();
        demand(report.waitFor(), "the report");
        if (changing.isPresent()) {
            demand(changing.get().waitFor(), name);
        }
        demand(application.waitFor(), "pgbench");
        return row(name, latencies(logs));
    }

    private List<String> work(Address database, Path script, Path logs) {
        return List.of(
                server.program("pgbench"),
                "-n",
                "-h",
                database.host(),
                "-p",
                String.valueOf(database.port()),
                "-U",
                "postgres",
                "-c",
                "8",
                "-T",
                String.valueOf(SECONDS),
                "-R",
                "400",
                "-l",
                "--log-prefix=" + logs.resolve("log"),
                "-f",
                script.toString(),
                database.name());
    }

    private Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void demand(int code, String who) throws IOException {
        if (code != 0) {
            throw new IOException(who + " ended with exit code " + code);
        }
    }

    /// The third column of pgbench's log, in microseconds.
    private static long[] latencies(Path logs) throws IOException {
        var lines = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(logs, "log.*")) {
            for (var file : files) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines.stream()
                .mapToLong(line -> Long.parseLong(line.split(" ", -1)[2]))
                .sorted()
                .toArray();
    }

    private static String row(String name, long[] micros) throws IOException {
        if (micros.length == 0) {
            throw new IOException("pgbench did nothing");
        }
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %.1f ms | %.0f ms | %.0f ms |\n",
                name,
                micros.length,
                micros[micros.length / 2] / 1e3,
                micros[(int) (micros.length * 0.99)] / 1e3,
                Arrays.stream(micros).max().orElseThrow() / 1e3);
    }
}
