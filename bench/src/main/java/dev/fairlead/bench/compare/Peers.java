package dev.fairlead.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Other people's programs, fetched once by the client of their own ecosystem: everything here comes through `go`.
///
/// @param folder where they are kept
record Peers(Path folder) {
    static final String HELM = "helm.sh/helm/v3/cmd/helm@v3.22.0";
    static final String GOOSE = "github.com/pressly/goose/v3/cmd/goose@v3.29.0";
    private static final String GOOSE_TAGS =
            "no_clickhouse no_libsql no_mssql no_mysql no_sqlite3 no_vertica no_ydb no_turso no_duckdb no_spanner no_starrocks";

    String helm() throws IOException, InterruptedException {
        return installed("helm", List.of("go", "install", HELM));
    }

    String goose() throws IOException, InterruptedException {
        return installed("goose", List.of("go", "install", "-tags", GOOSE_TAGS, GOOSE));
    }

    /// Built from a folder of this repository, with Go's standard library alone.
    String own(Path sources) throws IOException, InterruptedException {
        var name = String.valueOf(sources.getFileName());
        var program = folder.resolve(name).toString();
        run(sources, List.of("go", "build", "-o", program, "."), Map.of());
        return program;
    }

    private String installed(String name, List<String> install)
            throws IOException, InterruptedException {
        var program = folder.resolve(name);
        if (!Files.isExecutable(program)) {
            System.err.println("fetching " + install.getLast() + " ...");
            run(folder, install, Map.of("GOBIN", folder.toString()));
        }
        return program.toString();
    }

    private static void run(Path where, List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(where.toFile()).inheritIO();
        builder.environment().putAll(environment);
        if (builder.start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }
}
