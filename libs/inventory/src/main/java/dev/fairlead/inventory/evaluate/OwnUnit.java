package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.cluster.Workload.Account;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.read.StackText.Listed;
import dev.fairlead.inventory.unit.Migrations;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.inventory.unit.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `.Unit`: what the templates of a unit read of it. Beside its name and stage that is what a pod is made of: image,
/// command, variables, readiness. Evaluated when it is read, the same on every target.
final class OwnUnit {
    private final Scope scope;
    private final UnitModel unit;
    private final SortedMap<String, Integer> ports;
    private final Supplier<? extends Map<String, ?>> context;
    private final Readers readers;

    /// What else knows how to read a unit.
    record Readers(Schemas schemas, Runs runs) {}

    /// @param context what the templates of the unit see
    OwnUnit(
            Scope scope,
            UnitModel unit,
            SortedMap<String, Integer> ports,
            Supplier<? extends Map<String, ?>> context,
            Readers readers) {
        this.scope = scope;
        this.unit = unit;
        this.ports = ports;
        this.context = context;
        this.readers = readers;
    }

    Map<String, @Nullable Object> map() {
        var map = new LazyMap();
        map.value("name", unit.name().value());
        map.value("stage", unit.stage().toString());
        imageName().ifPresent(image -> map.put("image", () -> image(image)));
        map.put("command", () -> computed("command", this::command));
        map.put("env", () -> computed("env", values -> env(values, false)));
        map.put("secretEnv", () -> computed("env", values -> env(values, true)));
        map.put("ready", () -> computed("ready", this::ready));
        map.value("replicas", (long) UnitKeys.REPLICAS.whole(unit.node()));
        map.value("grace", grace());
        map.value("serviceAccount", account());
        if (unit.listed() == Listed.MIGRATIONS) {
            map.put("database", this::database);
            UnitKeys.MIGRATIONS_TIMEOUT
                    .span(unit.node())
                    .ifPresent(most -> map.value("timeout", most.toSeconds()));
        }
        if (unit.isAgent()) {
            Runs.timeout(unit, run()).ifPresent(most -> map.value("timeout", most.toSeconds()));
            map.put("folder", () -> computed("workingDir", this::folder));
        }
        return map;
    }

    /// Where an agent works in its pod: in the workspace, where it has one; else where its image says.
    private Object folder(Scalars values) {
        return scope.subject()
                .workspace()
                .filter(_ -> UnitKeys.WORKSPACE.flag(unit.node()))
                .filter(_ -> UnitKeys.INJECT.flag(unit.node()))
                .map(workspace -> workspace.folder(readers.runs().workingDir(unit, run(), values)))
                .orElse("");
    }

    /// In mode dev that with the tools, where one is named.
    private Optional<Node.Scalar> imageName() {
        return unit.dev()
                .filter(_ -> PodDevs.apply(scope.subject(), unit))
                .flatMap(RunKeys.DEV_IMAGE::scalar)
                .or(() -> UnitKeys.IMAGE.scalar(unit.node()));
    }

    private @Nullable Object image(Node.Scalar name) {
        var images = context.get().get("Images");
        return images instanceof Map<?, ?> map ? map.get(name.printed()) : null;
    }

    /// The URL of the database that it migrates; empty where that is wrong, which is reported elsewhere.
    private Object database() {
        return readers.schemas().of(unit).map(Migrations::url).map(LazyValues::plain).orElse("");
    }

    private Node.Mapping run() {
        return UnitKeys.RUN.map(unit.node()).orElse(Node.Mapping.empty(unit.place()));
    }

    /// What is wrong is thrown: a template is reading.
    private @Nullable Object computed(String key, Function<Scalars, Object> reader) {
        var path = "units." + unit.name() + ".run." + key;
        return scope.computation()
                .of(
                        path,
                        run().keyPlace(key),
                        () -> {
                            var found = new Problems();
                            var values = new Scalars(scope.templates(), context.get(), found);
                            var value = reader.apply(values);
                            found.throwIfErrors();
                            return value;
                        });
    }

    private Object command(Scalars values) {
        if (unit.listed() == Listed.MIGRATIONS) {
            return Migrator.up(unit.name());
        }
        return RunKeys.COMMAND.node(run()).map(values::list).orElse(List.of()).stream()
                .map(LazyValues::plain)
                .toList();
    }

    /// Those that hold a secret stand by themselves: they have no place in a pod's own text.
    private Object env(Scalars values, boolean secret) {
        var chosen = new TreeMap<String, Object>();
        RunKeys.ENV
                .node(run())
                .map(values::map)
                .orElse(Map.of())
                .forEach((name, value) -> {
                    checkAgent(name, value);
                    if (value.hasSecret() == secret) {
                        chosen.put(name, LazyValues.plain(value));
                    }
                });
        return chosen;
    }

    private void checkAgent(String name, Marked value) {
        if (unit.isAgent()) {
            Runs.wrongInAgent(name, value)
                    .ifPresent(why -> {
                        throw Problem.error(
                                        InventoryCode.BAD_VALUE,
                                        UnitKeys.RUN
                                                .map(unit.node())
                                                .flatMap(RunKeys.ENV::map)
                                                .map(map -> map.keyPlace(name))
                                                .orElse(unit.place()),
                                        "\"" + name + "\" in env " + why)
                                .thrown();
                    });
        }
    }

    private Object ready(Scalars values) {
        var ready = RunKeys.READY.map(run());
        if (ready.isEmpty()) {
            return Map.of();
        }
        var found = new Problems();
        var declared =
                new Readiness(values, ports, found).of(unit, ready, new Work.Command(List.of()));
        found.throwIfErrors();
        return switch (declared) {
            case Ready.Http(var port, var path, _) -> {
                var http = new LinkedHashMap<String, Object>();
                http.put("port", port);
                http.put("path", path);
                yield Map.of("http", http);
            }
            case Ready.Tcp(var port) -> Map.of("tcp", port);
            case Ready.Exec(var command) ->
                    Map.of("exec", command.stream().map(Marked::reveal).toList());
            case Ready.Log _ ->
                    throw Problem.error(
                                    InventoryCode.NOT_YET,
                                    RunKeys.READY_LOG
                                            .scalar(ready.get())
                                            .map(Node.Scalar::place)
                                            .orElse(unit.place()),
                                    "readiness by a line of the output is read, but has no effect on Kubernetes yet")
                            .withHint(
                                    "let the unit answer on a port, or give it ready: { exec: [ … ] }")
                            .thrown();
            case Ready.Alive _, Ready.Done _ -> Map.of();
        };
    }

    private long grace() {
        return RunKeys.STOP
                .map(run())
                .flatMap(RunKeys.GRACE::span)
                .orElse(Stop.DEFAULT.grace())
                .toSeconds();
    }

    private String account() {
        return switch (Workloads.account(unit)) {
            case Account.None _ -> "";
            case Account.Own _ -> unit.name().value();
            case Account.Named(var name) -> name;
        };
    }
}
