package dev.fairlead.migrate.wild;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.migrate.server.Db;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// goose's own command.
final class GooseProgram {
    private static final String MODULE = "github.com/pressly/goose/v3/cmd/goose@v3.30.0";
    private static final String TAGS =
            "no_clickhouse no_libsql no_mssql no_mysql no_sqlite3 no_vertica no_ydb no_turso no_duckdb no_spanner no_starrocks";
    private static final Pattern VERSION = Pattern.compile("version[: ]+(\\d+)");

    private final Path binary;

    private GooseProgram(Path binary) {
        this.binary = binary;
    }

    /// Built once; skips the test where that is not possible.
    static GooseProgram built() throws IOException, InterruptedException {
        var binary = GoModules.program(MODULE, TAGS);
        assumeTrue(
                binary.isPresent(),
                "skipped: goose itself needs go on the PATH and the Go module proxy");
        return new GooseProgram(binary.orElseThrow());
    }

    /// What a run printed, and whether it succeeded.
    record Ran(boolean succeeded, String output) {
        /// Whether the file had no statement for that direction.
        boolean empty() {
            return output.contains("EMPTY");
        }
    }

    Ran run(Db db, History history, String... command) throws IOException, InterruptedException {
        var line =
                new ArrayList<>(
                        List.of(
                                binary.toString(),
                                "-dir",
                                history.folder().toString(),
                                "postgres",
                                db.url() + "?sslmode=disable"));
        line.addAll(List.of(command));
        var builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(history.env());
        builder.environment().putAll(Map.of("NO_COLOR", "1"));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor() == 0, output);
    }

    /// The last number that goose has run; 0 for none.
    long version(Db db, History history) throws IOException, InterruptedException {
        var printed = VERSION.matcher(run(db, history, "version").output());
        return printed.find() ? Long.parseLong(printed.group(1)) : 0;
    }
}
