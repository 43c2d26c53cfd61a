package dev.fairlead.target.local.resolve;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.EnvironmentFolder;
import dev.fairlead.target.local.state.LocalCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The chosen numbers and names of one environment: `ports.json`.
final class Book {
    private final SortedMap<String, SortedMap<String, Integer>> ports = new TreeMap<>();
    private final SortedMap<String, SortedMap<String, String>> databases = new TreeMap<>();

    static Book read(EnvironmentFolder folder) {
        var book = new Book();
        Durable.read(file(folder)).ifPresent(text -> book.fill(text, file(folder)));
        return book;
    }

    private void fill(String text, Path file) {
        try {
            var tree = Json.readObject(text);
            members(tree, "ports")
                    .forEach((unit, numbers) ->
                            ((Map<?, ?>) numbers)
                                    .forEach((name, number) ->
                                            keepPort(
                                                    (String) unit,
                                                    (String) name,
                                                    ((Number) number).intValue())));
            members(tree, "databases")
                    .forEach((unit, names) ->
                            ((Map<?, ?>) names)
                                    .forEach((name, physical) ->
                                            keepDatabase(
                                                    (String) unit,
                                                    (String) name,
                                                    (String) physical)));
        } catch (RuntimeException e) {
            throw Problem.error(LocalCode.STATE_DAMAGED, file + " does not hold chosen ports")
                    .withHint("delete it: ports are chosen anew then")
                    .thrown();
        }
    }

    private static Map<?, ?> members(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    /// Writes it when it says something else than what is kept.
    void write(EnvironmentFolder folder) {
        var text = Json.pretty(Map.of("ports", ports, "databases", databases));
        if (!Durable.read(file(folder)).equals(Optional.of(text))) {
            Durable.write(file(folder), text);
        }
    }

    Optional<Integer> port(String unit, String name) {
        return Optional.ofNullable(ports.getOrDefault(unit, new TreeMap<>()).get(name));
    }

    void keepPort(String unit, String name, int number) {
        ports.computeIfAbsent(unit, _ -> new TreeMap<>()).put(name, number);
    }

    Optional<String> database(String unit, String name) {
        return Optional.ofNullable(databases.getOrDefault(unit, new TreeMap<>()).get(name));
    }

    void keepDatabase(String unit, String name, String physical) {
        databases.computeIfAbsent(unit, _ -> new TreeMap<>()).put(name, physical);
    }

    List<String> databasesOf(String unit) {
        return List.copyOf(databases.getOrDefault(unit, new TreeMap<>()).values());
    }

    void dropDatabases(String unit) {
        databases.remove(unit);
    }

    /// Every port number in it.
    Set<Integer> numbers() {
        var all = new TreeSet<Integer>();
        ports.values().stream().map(Map::values).forEach(all::addAll);
        return all;
    }

    /// Every physical database in it.
    Set<String> databases() {
        var all = new TreeSet<String>();
        databases.values().stream().map(Map::values).forEach(all::addAll);
        return all;
    }

    private static Path file(EnvironmentFolder folder) {
        return folder.path().resolve("ports.json");
    }
}
