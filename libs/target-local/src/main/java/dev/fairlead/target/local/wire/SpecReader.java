package dev.fairlead.target.local.wire;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Restart;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads what {@link SpecWriter} wrote. Both ends are of one build, so there is no second form to understand.
public final class SpecReader {
    private SpecReader() {}

    public static EnvironmentSpec environment(Map<String, Object> tree) {
        var units = new TreeMap<UnitName, UnitSpec>();
        map(tree, "units")
                .forEach((name, unit) -> units.put(new UnitName(name), unit(name, object(unit))));
        var surroundings = new TreeMap<String, String>();
        map(tree, "surroundings").forEach((name, value) -> surroundings.put(name, (String) value));
        return new EnvironmentSpec(
                string(tree, "key"),
                Path.of(string(tree, "root")),
                units,
                list(tree, "secrets").stream()
                        .map(pair -> (List<?>) pair)
                        .map(pair ->
                                new EnvironmentSpec.Secret(
                                        (String) pair.get(0), (String) pair.get(1)))
                        .toList(),
                surroundings);
    }

    private static UnitSpec unit(String name, Map<String, Object> tree) {
        return new UnitSpec(
                new UnitName(name),
                string(tree, "hash"),
                map(tree, "content"),
                run(map(tree, "run")),
                Optional.ofNullable(tree.get("databases"))
                        .map(databases -> databases(object(databases))));
    }

    private static UnitSpec.Databases databases(Map<String, Object> tree) {
        var names = new TreeMap<String, String>();
        map(tree, "names").forEach((name, physical) -> names.put(name, (String) physical));
        var templates = new TreeMap<String, String>();
        map(tree, "templates").forEach((name, key) -> templates.put(name, (String) key));
        return new UnitSpec.Databases(
                number(tree, "port"), text(tree.get("password")), names, templates);
    }

    private static Run run(Map<String, Object> tree) {
        var env = new TreeMap<String, Marked>();
        map(tree, "env").forEach((name, value) -> env.put(name, text(value)));
        var ports = new TreeMap<String, Integer>();
        map(tree, "ports").forEach((name, port) -> ports.put(name, ((Number) port).intValue()));
        return new Run(
                work(map(tree, "work")),
                string(tree, "workingDir"),
                env,
                ports,
                ready(map(tree, "ready")),
                Duration.parse(string(tree, "readyTimeout")),
                Restart.valueOf(string(tree, "restart")),
                new Stop(string(tree, "signal"), Duration.parse(string(tree, "grace"))),
                Optional.ofNullable(tree.get("dev")).map(dev -> dev(object(dev))),
                Optional.ofNullable((String) tree.get("timeout")).map(Duration::parse));
    }

    private static Work work(Map<String, Object> tree) {
        return switch (string(tree, "kind")) {
            case "command" -> new Work.Command(texts(tree, "command"));
            case "task" -> new Work.Task(texts(tree, "command"), strings(tree, "inputs"));
            case "agent" -> new Work.Agent(texts(tree, "command"));
            case "static" ->
                    new Work.StaticFiles(string(tree, "dir"), Boolean.TRUE.equals(tree.get("spa")));
            case "postgres" ->
                    new Work.Postgres(
                            strings(tree, "databases"),
                            Optional.ofNullable((String) tree.get("version")));
            case String other -> throw unknown(other);
        };
    }

    private static Ready ready(Map<String, Object> tree) {
        return switch (string(tree, "kind")) {
            case "http" ->
                    new Ready.Http(
                            string(tree, "port"), string(tree, "path"), number(tree, "status"));
            case "tcp" -> new Ready.Tcp(string(tree, "port"));
            case "exec" -> new Ready.Exec(texts(tree, "command"));
            case "log" -> new Ready.Log(string(tree, "regex"));
            case "alive" -> new Ready.Alive();
            case "done" -> new Ready.Done();
            case String other -> throw unknown(other);
        };
    }

    private static Dev dev(Map<String, Object> tree) {
        return new Dev(
                texts(tree, "build"),
                strings(tree, "watch"),
                strings(tree, "ignore"),
                Boolean.TRUE.equals(tree.get("toolReloads")),
                Duration.parse(string(tree, "debounce")));
    }

    private static List<Marked> texts(Map<String, Object> tree, String key) {
        var texts = new ArrayList<Marked>();
        for (var text : list(tree, key)) {
            texts.add(text(text));
        }
        return texts;
    }

    private static Marked text(@Nullable Object tree) {
        if (tree instanceof String plain) {
            return Marked.plain(plain);
        }
        var map = object(tree);
        return Marked.of(
                string(map, "text"),
                list(map, "spans").stream()
                        .map(span -> (List<?>) span)
                        .map(span ->
                                new Marked.Span(
                                        ((Number) span.get(0)).intValue(),
                                        ((Number) span.get(1)).intValue(),
                                        (String) span.get(2)))
                        .toList());
    }

    private static String string(Map<String, Object> tree, String key) {
        return (String) Objects.requireNonNull(tree.get(key), key);
    }

    private static int number(Map<String, Object> tree, String key) {
        return ((Number) Objects.requireNonNull(tree.get(key), key)).intValue();
    }

    private static List<String> strings(Map<String, Object> tree, String key) {
        return list(tree, key).stream().map(String.class::cast).toList();
    }

    private static List<?> list(Map<String, Object> tree, String key) {
        return (List<?>) Objects.requireNonNull(tree.get(key), key);
    }

    private static Map<String, Object> map(Map<String, Object> tree, String key) {
        return object(tree.get(key));
    }

    @SuppressWarnings("unchecked") // JSON objects have string keys
    private static Map<String, Object> object(@Nullable Object tree) {
        return (Map<String, Object>) Objects.requireNonNull(tree);
    }

    private static IllegalArgumentException unknown(String kind) {
        return new IllegalArgumentException("unknown kind " + kind);
    }
}
