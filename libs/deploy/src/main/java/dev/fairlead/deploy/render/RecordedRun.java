package dev.fairlead.deploy.render;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.typed.Durations;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Restart;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.inventory.unit.Work;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads a unit of the target `local` from the tree that {@link UnitTree} made of it.
final class RecordedRun {
    private final Map<?, ?> content;
    private final BiFunction<String, String, Marked> reveal;

    private RecordedRun(Map<?, ?> content, BiFunction<String, String, Marked> reveal) {
        this.content = content;
        this.reveal = reveal;
    }

    /// @param readyTimeout the deadline of its step, which is no part of the content
    /// @param reveal gives the masked text at a place (`env.PORT`, `command[2]`) its secrets back
    /// @throws IllegalArgumentException when it is not the content of such a unit
    static Run of(
            Map<String, Object> content,
            Duration readyTimeout,
            BiFunction<String, String, Marked> reveal) {
        return new RecordedRun(content, reveal).run(readyTimeout);
    }

    private Run run(Duration readyTimeout) {
        var env = new TreeMap<String, Marked>();
        map("env")
                .forEach((name, value) ->
                        env.put(
                                String.valueOf(name),
                                reveal.apply("env." + name, String.valueOf(value))));
        var stop = map("stop");
        return new Run(
                work(),
                word(content, "workingDir"),
                env,
                ports(),
                ready(map("ready")),
                readyTimeout,
                Arrays.stream(Restart.values())
                        .filter(one -> one.toString().equals(content.get("restart")))
                        .findFirst()
                        .orElse(Restart.NEVER),
                new Stop(word(stop, "signal"), span(stop, "grace")),
                content.get("dev") instanceof Map<?, ?> dev
                        ? Optional.of(dev(dev))
                        : Optional.empty(),
                content.containsKey("timeout")
                        ? Optional.of(span(content, "timeout"))
                        : Optional.empty());
    }

    private Work work() {
        return switch (word(content, "kind")) {
            case "process" -> new Work.Command(texts("command", content.get("command")));
            case "task" ->
                    new Work.Task(
                            texts("command", content.get("command")),
                            words(content.get("inputGlobs")));
            case UnitTree.AGENT -> new Work.Agent(texts("command", content.get("command")));
            case "static" ->
                    new Work.StaticFiles(
                            word(content, "dir"), Boolean.TRUE.equals(content.get("spa")));
            case "postgres" ->
                    new Work.Postgres(
                            words(content.get("databases")),
                            Optional.ofNullable(content.get("version")).map(Object::toString));
            case String other ->
                    throw new IllegalArgumentException("no unit of this target: " + other);
        };
    }

    private SortedMap<String, Integer> ports() {
        var ports = new TreeMap<String, Integer>();
        map("ports")
                .forEach((name, number) ->
                        ports.put(String.valueOf(name), ((Number) number).intValue()));
        return ports;
    }

    private Ready ready(Map<?, ?> ready) {
        if (ready.get("http") instanceof Map<?, ?> http) {
            return new Ready.Http(
                    word(http, "port"),
                    word(http, "path"),
                    http.get("status") instanceof Number status ? status.intValue() : 200);
        }
        if (ready.containsKey("tcp")) {
            return new Ready.Tcp(word(ready, "tcp"));
        }
        if (ready.containsKey("exec")) {
            return new Ready.Exec(texts("exec", ready.get("exec")));
        }
        if (ready.containsKey("log")) {
            return new Ready.Log(word(ready, "log"));
        }
        return ready.containsKey("done") ? new Ready.Done() : new Ready.Alive();
    }

    private Dev dev(Map<?, ?> dev) {
        return new Dev(
                texts("build", dev.get("build")),
                words(dev.get("watch")),
                words(dev.get("ignore")),
                "tool".equals(dev.get("reload")),
                span(dev, "debounce"));
    }

    private Map<?, ?> map(String key) {
        return content.get(key) instanceof Map<?, ?> map ? map : Map.of();
    }

    private List<Marked> texts(String at, @Nullable Object list) {
        var words = words(list);
        return IntStream.range(0, words.size())
                .mapToObj(i -> reveal.apply(at + "[" + i + "]", words.get(i)))
                .toList();
    }

    /// Every text of a unit that may hold a secret, by its place.
    static Map<String, Marked> places(Run run) {
        var places = new TreeMap<String, Marked>();
        run.env().forEach((name, value) -> places.put("env." + name, value));
        switch (run.work()) {
            case Work.Command(var command) -> put(places, "command", command);
            case Work.Task(var command, _) -> put(places, "command", command);
            case Work.Agent(var command) -> put(places, "command", command);
            case Work.StaticFiles _, Work.Postgres _ -> {}
        }
        if (run.ready() instanceof Ready.Exec(var command)) {
            put(places, "exec", command);
        }
        run.dev().ifPresent(dev -> put(places, "build", dev.build()));
        return places;
    }

    private static void put(Map<String, Marked> places, String at, List<Marked> words) {
        for (int i = 0; i < words.size(); i++) {
            places.put(at + "[" + i + "]", words.get(i));
        }
    }

    private static List<String> words(@Nullable Object list) {
        return list instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static String word(Map<?, ?> map, String key) {
        return Objects.requireNonNull(map.get(key), key).toString();
    }

    private static Duration span(Map<?, ?> map, String key) {
        return Durations.parse(word(map, key))
                .orElseThrow(() -> new IllegalArgumentException(key + " is no duration"));
    }
}
