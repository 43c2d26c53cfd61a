package dev.fairlead.engine;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// A stack in a temporary folder, the real engine over it, and the events of its executions.
final class Workbench implements AutoCloseable {
    final List<Event> events = Collections.synchronizedList(new ArrayList<>());
    final Engine engine;
    private final Path folder;

    Workbench(Path folder) throws IOException {
        this(folder, Map.of());
    }

    /// @param more process variables
    Workbench(Path folder, Map<String, String> more) throws IOException {
        this(folder, more, Clock.systemUTC());
    }

    /// @param clock what idle slots are measured by
    Workbench(Path folder, Map<String, String> more, Clock clock) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve(".git"));
        var variables = new TreeMap<String, String>();
        variables.put("PATH", "/usr/local/bin:/usr/bin:/bin");
        variables.put("HOME", folder.toString());
        variables.putAll(Map.of("LANG", "C.UTF-8"));
        variables.putAll(more);
        this.engine = Engine.create(new Surroundings(clock, variables, "fairlead test (pid 1)"));
    }

    Workbench stack(String text) throws IOException {
        Files.writeString(folder.resolve("services.yaml"), text);
        return this;
    }

    Workbench file(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    Request request() {
        return request(Optional.empty());
    }

    Request slot(int number) {
        return new Request(
                folder,
                new Choice(Optional.empty(), number, Optional.empty(), new TreeMap<>()),
                new TreeSet<>(),
                new TreeSet<>());
    }

    Request on(TargetKind kind) {
        return request(Optional.of(kind));
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Request request(Optional<TargetKind> kind) {
        return new Request(
                folder,
                new Choice(Optional.empty(), 0, kind, new TreeMap<>()),
                new TreeSet<>(),
                new TreeSet<>());
    }

    Outcome up() {
        return up(Turn.AT_ONCE);
    }

    Outcome up(Turn turn) {
        return engine.apply(
                engine.plan(request()), new ApplyOptions("up", turn, false), events::add);
    }

    Outcome down() {
        return engine.down(request(), true, Turn.AT_ONCE, events::add);
    }

    List<String> units(Kind kind) {
        return List.copyOf(events).stream()
                .filter(event -> event.kind() == kind)
                .map(event -> event.unit().map(UnitName::value).orElse("-"))
                .toList();
    }

    @Override
    public void close() {
        try (engine) {
            down();
        }
    }
}
