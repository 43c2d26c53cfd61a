package dev.fairlead.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Other people's programs, fetched once by the client of their own ecosystem: `go`, `npm`, Maven.
///
/// @param folder where they are kept
/// @param maven the wrapper of this repository
record Peers(Path folder, Path maven) {
    static final String HELM = "helm.sh/helm/v3/cmd/helm@v3.22.0";
    static final String HELM_4 = "helm.sh/helm/v4/cmd/helm@v4.3.2";
    static final String GOOSE = "github.com/pressly/goose/v3/cmd/goose@v3.30.0";
    private static final String DRIVER = "org.postgresql:postgresql:42.7.14";
    static final String DBMATE = "dbmate@2.36.0";
    static final List<String> FLYWAY =
            List.of(
                    "org.flywaydb:flyway-commandline:11.8.2",
                    "org.flywaydb:flyway-database-postgresql:11.8.2",
                    // what its command wants, and its POM does not name
                    "com.fasterxml.jackson.dataformat:jackson-dataformat-toml:2.15.2",
                    "com.fasterxml.jackson.dataformat:jackson-dataformat-xml:2.15.2",
                    "com.fasterxml.jackson.datatype:jackson-datatype-jsr310:2.15.2",
                    DRIVER);
    static final List<String> LIQUIBASE =
            List.of("org.liquibase:liquibase-core:5.0.4", "info.picocli:picocli:4.7.7", DRIVER);
    private static final String GOOSE_TAGS =
            "no_clickhouse no_libsql no_mssql no_mysql no_sqlite3 no_vertica no_ydb no_turso no_duckdb no_spanner no_starrocks";

    String helm() throws IOException, InterruptedException {
        return installed("helm", List.of("go", "install", HELM));
    }

    String helm4() throws IOException, InterruptedException {
        var own = new Peers(Files.createDirectories(folder.resolve("helm-4")), maven);
        return own.installed("helm", List.of("go", "install", HELM_4));
    }

    String goose() throws IOException, InterruptedException {
        return installed("goose", List.of("go", "install", "-tags", GOOSE_TAGS, GOOSE));
    }

    String dbmate() throws IOException, InterruptedException {
        var home = folder.resolve("npm");
        var program = home.resolve("node_modules/@dbmate/linux-x64/bin/dbmate");
        if (!Files.isExecutable(program)) {
            System.err.println("fetching " + DBMATE + " ...");
            Files.createDirectories(home);
            run(
                    home,
                    List.of(
                            "npm",
                            "install",
                            "--no-audit",
                            "--no-fund",
                            "--prefix",
                            home.toString(),
                            DBMATE),
                    Map.of());
        }
        return program.toString();
    }

    /// The folder of its jars.
    Path flyway() throws IOException, InterruptedException {
        return jars("flyway", FLYWAY);
    }

    /// The folder of its jars.
    Path liquibase() throws IOException, InterruptedException {
        return jars("liquibase", LIQUIBASE);
    }

    private Path jars(String name, List<String> artifacts)
            throws IOException, InterruptedException {
        var jars = folder.resolve(name);
        if (!Files.isDirectory(jars)) {
            System.err.println("fetching " + String.join(", ", artifacts) + " ...");
            var pom = Files.writeString(folder.resolve(name + "-pom.xml"), pom(name, artifacts));
            run(
                    folder,
                    List.of(
                            maven.toString(),
                            "-q",
                            "-f",
                            pom.toString(),
                            "dependency:copy-dependencies",
                            "-DoutputDirectory=" + jars),
                    Map.of());
        }
        return jars;
    }

    private static String pom(String name, List<String> artifacts) {
        var dependencies = new StringBuilder();
        for (var artifact : artifacts) {
            var parts = artifact.split(":", -1);
            dependencies.append(
                    "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>\n"
                            .formatted(parts[0], parts[1], parts[2]));
        }
        return """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>dev.fairlead.bench</groupId>
          <artifactId>%s</artifactId>
          <version>1</version>
          <packaging>pom</packaging>
          <dependencies>
        %s</dependencies>
        </project>
        """
                .formatted(name, dependencies);
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
