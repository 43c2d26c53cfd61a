package dev.fairlead.bench.compare;

import dev.fairlead.bench.migrate.Address;
import dev.fairlead.bench.migrate.Inputs;
import dev.fairlead.bench.migrate.Inputs.Form;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Those who migrate, each with its command.
record Migrators(String fairlead, Peers peers, Inputs inputs) {
    /// The one of which there is no second run.
    static final String RAW = "raw JDBC";

    static final String OURS = "fairlead migrate up";
    static final String GOOSE = "goose";
    static final String DBMATE = "dbmate";

    /// A command for so many migrations on a database.
    interface Command {
        List<String> on(Address database, int count) throws IOException, InterruptedException;
    }

    Map<String, Command> all() {
        var all = new LinkedHashMap<String, Command>();
        all.put(OURS, this::ours);
        all.put(RAW, this::raw);
        all.put(GOOSE, this::goose);
        all.put(DBMATE, this::dbmate);
        all.put("Flyway", this::flyway);
        all.put("Liquibase", this::liquibase);
        return all;
    }

    private List<String> ours(Address database, int count) throws IOException {
        return List.of(
                fairlead,
                "migrate",
                "up",
                "--database",
                database.url(),
                "--source",
                inputs.of(Form.GOOSE, count).toString(),
                "--owner",
                "bench");
    }

    private List<String> raw(Address database, int count) throws IOException {
        return List.of(
                java(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.fairlead.bench.migrate.RawJdbc",
                database.jdbc(),
                inputs.of(Form.FLYWAY, count).toString());
    }

    private List<String> goose(Address database, int count)
            throws IOException, InterruptedException {
        return List.of(
                peers.goose(),
                "-dir",
                inputs.of(Form.GOOSE, count).toString(),
                "postgres",
                database.plainUrl(),
                "up");
    }

    private List<String> dbmate(Address database, int count)
            throws IOException, InterruptedException {
        return List.of(
                peers.dbmate(),
                "--url",
                database.plainUrl(),
                "--migrations-dir",
                inputs.of(Form.DBMATE, count).toString(),
                "--no-dump-schema",
                "migrate");
    }

    private List<String> flyway(Address database, int count)
            throws IOException, InterruptedException {
        return List.of(
                java(),
                "-cp",
                peers.flyway() + "/*",
                "org.flywaydb.commandline.Main",
                "-url=" + database.jdbc(),
                "-user=postgres",
                "-locations=filesystem:" + inputs.of(Form.FLYWAY, count),
                "-outputType=json",
                "migrate");
    }

    private List<String> liquibase(Address database, int count)
            throws IOException, InterruptedException {
        Path folder = inputs.of(Form.LIQUIBASE, count);
        return List.of(
                java(),
                "-Dliquibase.analytics.enabled=false",
                "-cp",
                peers.liquibase() + "/*",
                "liquibase.integration.commandline.LiquibaseCommandLine",
                "--log-level=OFF",
                "--search-path=" + folder,
                "update",
                "--changelog-file=changelog.yaml",
                "--url=" + database.jdbc(),
                "--username=postgres");
    }

    List<String> together(Address database, int count, int migrators) throws IOException {
        return List.of(
                java(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.fairlead.bench.migrate.Together",
                database.url(),
                inputs.of(Form.GOOSE, count).toString(),
                String.valueOf(migrators));
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
