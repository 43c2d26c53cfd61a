package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A slot that is used again, one that is made from nothing, and one whose database is a copy of a template: nothing that
/// runs there can tell which it is in.
class SlotReuseIT {
    private static final String STACK =
            """
            environments:
              ai: { target: local, slots: 5 }
            vars: { colour: red }
            infrastructure:
              - name: postgres
                local: { builtin: postgres, databases: [ trial ] }
            migrations:
              - { name: schema, owner: api, database: { unit: postgres, name: trial } }
            services:
              - name: api
                deployGroup: internal
                requiresSchema: schema
                run:
                  command: [ sleep, "1000" ]
                  env: { DATABASE_URL: "{{ .Units.postgres.url }}", COLOUR: "{{ .Vars.colour }}" }
              - name: other
                deployGroup: internal
                path: .
                run: { command: [ sleep, "2000" ], env: { SLOT: "{{ .Slot }}" } }
            """;
    private static final String MIGRATIONS = "services/internal/api/cmd/cli/migrations/";

    @Test
    @Covers("SLOT-01")
    void aReusedSlotIsAFreshOne() throws Exception {
        try (var sandbox = Sandbox.of(STACK)) {
            sandbox.write(
                    MIGRATIONS + "00001_entry.sql",
                    """
                    -- +goose Up
                    CREATE TABLE entry (id bigserial PRIMARY KEY, text text NOT NULL CHECK (text <> ''));
                    CREATE VIEW newest AS SELECT * FROM entry ORDER BY id DESC LIMIT 10;
                    INSERT INTO entry (text) VALUES ('welcome');
                    -- +goose Down
                    DROP VIEW newest;
                    DROP TABLE entry;
                    """);
            var fairlead = sandbox.fairlead();
            fairlead.done("slots", "take", "--purpose", "reused", "--up", "-q");
            var before = processes(sandbox, 1);

            sandbox.replace("services.yaml", "colour: red", "colour: blue");
            sandbox.write(
                    MIGRATIONS + "00002_colour.sql",
                    """
                    -- +goose Up
                    CREATE TYPE colour AS ENUM ('red', 'blue');
                    ALTER TABLE entry ADD COLUMN colour colour;
                    CREATE INDEX entry_text ON entry (text);
                    UPDATE entry SET colour = 'blue';
                    -- +goose Down
                    DROP INDEX entry_text;
                    ALTER TABLE entry DROP COLUMN colour;
                    DROP TYPE colour;
                    """);
            fairlead.done("slots", "take", "--purpose", "reused", "--up", "-q");
            fairlead.done("slots", "take", "--purpose", "fresh", "--up", "-q");
            fairlead.done("slots", "take", "--purpose", "copied", "--up", "-q");

            // Only the difference was applied: what did not change still runs as it did.
            var after = processes(sandbox, 1);
            assertThat(after.get("other")).isEqualTo(before.get("other"));
            assertThat(after.get("api")).isNotEqualTo(before.get("api"));
            assertThat(templates(fairlead)).isNotEmpty();

            var fresh = scan(sandbox, fairlead, 2);
            assertThat(fresh).anySatisfy(line -> assertThat(line).contains("COLOUR=blue"));
            assertThat(fresh).anySatisfy(line -> assertThat(line).contains("welcome"));
            assertThat(scan(sandbox, fairlead, 1)).isEqualTo(fresh);
            assertThat(scan(sandbox, fairlead, 3)).isEqualTo(fresh);
        }
    }

    private static List<Long> templates(Fairlead fairlead) throws SQLException {
        return Database.of(fairlead, "api", "--slot", "1")
                .numbers(
                        "SELECT oid FROM pg_database WHERE datistemplate AND datname LIKE 'fairlead%'");
    }

    /// Everything that units of a slot can see of it, without what is its own: number, names, ports, secrets.
    private static List<String> scan(Sandbox sandbox, Fairlead fairlead, int slot)
            throws IOException, SQLException {
        var lines = new ArrayList<String>();
        for (var process : processes(sandbox, slot).entrySet()) {
            var proc = Path.of("/proc", process.getValue());
            lines.add(process.getKey() + " runs " + text(proc.resolve("cmdline")));
            new TreeSet<>(List.of(text(proc.resolve("environ")).split("\n")))
                    .stream()
                            .filter(line -> !line.startsWith("FAIRLEAD_UNIT="))
                            .forEach(line -> lines.add(process.getKey() + " has " + line));
            lines.add(process.getKey() + " works in " + proc.resolve("cwd").toRealPath());
        }
        var env = sandbox.folder().resolve(".fairlead/env/ai-" + slot);
        try (var files = Files.walk(env)) {
            files.filter(file -> !file.toString().contains("/revisions"))
                    .forEach(file -> lines.add("there is " + env.relativize(file)));
        }
        lines.addAll(SlotCatalogue.of(Database.of(fairlead, "api", "--slot", "" + slot)));
        var password = Database.of(fairlead, "api", "--slot", "" + slot).password();
        return lines.stream()
                .map(line ->
                        line.replace(password, "PASSWORD")
                                .replace("trial_ai_" + slot, "trial_ai_N")
                                .replace("SLOT=" + slot, "SLOT=N"))
                .sorted()
                .toList();
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', '\n');
    }

    /// The main process of each unit.
    private static Map<String, String> processes(Sandbox sandbox, int slot) throws IOException {
        var found = new TreeMap<String, String>();
        try (var processes = Files.list(Path.of("/proc"))) {
            for (var process : processes.toList()) {
                var pid = process.getFileName().toString();
                if (pid.matches("\\d+")) {
                    unit(sandbox, process, slot).ifPresent(unit -> found.put(unit, pid));
                }
            }
        }
        return found;
    }

    private static java.util.Optional<String> unit(Sandbox sandbox, Path process, int slot) {
        try {
            var own = process.resolve("cwd").toRealPath().startsWith(sandbox.folder());
            return text(process.resolve("environ"))
                    .lines()
                    .filter(line -> own && line.startsWith("FAIRLEAD_UNIT="))
                    .filter(line -> line.contains("ai-" + slot + "/"))
                    .map(line -> line.replaceAll(".*ai-\\d+/([a-z]+).*", "$1"))
                    .findFirst();
        } catch (IOException e) {
            return java.util.Optional.empty(); // it ended, or is another user's
        }
    }
}
