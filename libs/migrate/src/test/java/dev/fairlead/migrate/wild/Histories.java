package dev.fairlead.migrate.wild;

import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Histories of real programs, fetched by name and version from the Go module proxy, and one of our own that has what those
/// lack. Nothing fetched is ever part of this repository.
final class Histories {
    private static final Path OWN =
            Repository.root()
                    .resolve("libs/migrate/src/test/resources/dev/fairlead/migrate/wild/own");
    private static final Map<String, String> ENV =
            Map.of("SHOP_SCHEMA", "shop", "SHOP_LIMIT", "250");

    /// `20150100000001000000_networks.postgres.up.sql`
    private static final Pattern PAIR =
            Pattern.compile("(\\d+)_([A-Za-z0-9_-]+)(\\.postgres)?\\.(up|down)\\.sql");

    private Histories() {}

    /// Written for goose by others.
    private static final Map<String, String> GOOSE =
            Map.of(
                    "github.com/openfga/openfga@v1.22.1", "assets/migrations/postgres",
                    "github.com/pressly/goose/v3@v3.30.0", "testdata/migrations");

    /// Written by others as pairs of an up and a down file, one of them for PostgreSQL where databases differ.
    private static final Map<String, String> PAIRS =
            Map.of(
                    "github.com/ory/kratos@v1.3.1", "persistence/sql/migrations/sql",
                    "github.com/ory/hydra/v2@v2.3.0", "persistence/sql/migrations");

    /// One of its files has the line ends of Windows, which no checkout keeps.
    private static History own(Path folder) throws IOException {
        var target = Files.createDirectories(folder.resolve("own"));
        try (var files = Files.list(OWN)) {
            for (var file : files.toList()) {
                var name = file.getFileName().toString();
                var text = Files.readString(file);
                Files.writeString(
                        target.resolve(name),
                        name.contains("line_ends") ? text.replace("\n", "\r\n") : text);
            }
        }
        return new History("own", target, ENV);
    }

    /// The own one, then all that can be had.
    static List<History> all(Path folder) throws IOException, InterruptedException {
        var all = new ArrayList<History>();
        all.add(own(folder));
        for (var module : new TreeMap<>(GOOSE).entrySet()) {
            var sources = GoModules.folder(module.getKey());
            if (sources.isPresent()) {
                var files = sources.get().resolve(module.getValue());
                all.add(new History(name(module.getKey()), files, Map.of()));
            }
        }
        for (var module : new TreeMap<>(PAIRS).entrySet()) {
            var sources = GoModules.folder(module.getKey());
            if (sources.isPresent()) {
                var name = name(module.getKey());
                var target = Files.createDirectories(folder.resolve(name));
                joined(sources.get().resolve(module.getValue()), target);
                all.add(new History(name, target, Map.of()));
            }
        }
        return all;
    }

    private static String name(String module) {
        var parts = module.replaceAll("(/v\\d+)?@.*", "").split("/", -1);
        return parts[parts.length - 1];
    }

    /// Each pair as one goose file. Their numbers are too long for goose, so they are counted anew.
    private static void joined(Path source, Path target) throws IOException {
        var pairs = new TreeMap<String, Map<String, Path>>();
        try (var files = Files.list(source)) {
            for (var file : files.sorted().toList()) {
                var match = PAIR.matcher(file.getFileName().toString());
                if (match.matches()) {
                    var parts =
                            pairs.computeIfAbsent(
                                    match.group(1) + "_" + match.group(2), _ -> new TreeMap<>());
                    if (match.group(3) != null) {
                        parts.put(match.group(4), file);
                    } else {
                        parts.putIfAbsent(match.group(4), file);
                    }
                }
            }
        }
        int number = 0;
        for (var pair : pairs.entrySet()) {
            number++;
            var name = "%05d_%s.sql".formatted(number, pair.getKey());
            boolean block = number % 2 == 0;
            Files.writeString(
                    target.resolve(name),
                    "-- +goose Up\n"
                            + part(Optional.ofNullable(pair.getValue().get("up")), block)
                            + "\n-- +goose Down\n"
                            + part(Optional.ofNullable(pair.getValue().get("down")), block));
        }
    }

    /// As it is, or as one block; a function's body cannot be split by goose, so it is one always.
    private static String part(Optional<Path> file, boolean block) throws IOException {
        if (file.isEmpty()) {
            return "";
        }
        var sql = Files.readString(file.get()).strip();
        if (sql.lines().allMatch(line -> line.isBlank() || line.startsWith("--"))) {
            return sql + "\n";
        }
        if (block || sql.contains("$$")) {
            return "-- +goose StatementBegin\n" + sql + "\n-- +goose StatementEnd\n";
        }
        return sql.endsWith(";") ? sql + "\n" : sql + "\n;\n";
    }
}
