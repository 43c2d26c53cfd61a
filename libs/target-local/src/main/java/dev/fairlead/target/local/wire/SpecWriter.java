package dev.fairlead.target.local.wire;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Work;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Specifications as plain trees, secrets in clear. {@link SpecReader} reads them.
public final class SpecWriter {
    private SpecWriter() {}

    public static Map<String, @Nullable Object> tree(EnvironmentSpec spec) {
        var units = new LinkedHashMap<String, Object>();
        spec.units().forEach((name, unit) -> units.put(name.value(), tree(unit)));
        return map(
                "key",
                spec.key(),
                "root",
                spec.root().toString(),
                "units",
                units,
                "secrets",
                spec.secrets().stream()
                        .map(secret -> List.of(secret.name(), secret.value()))
                        .toList(),
                "surroundings",
                spec.surroundings());
    }

    private static Map<String, @Nullable Object> tree(UnitSpec unit) {
        return map(
                "hash",
                unit.hash(),
                "content",
                unit.content(),
                "run",
                tree(unit.run()),
                "databases",
                unit.databases().map(SpecWriter::tree).orElse(null));
    }

    private static Map<String, @Nullable Object> tree(UnitSpec.Databases databases) {
        return map(
                "port",
                databases.port(),
                "password",
                text(databases.password()),
                "names",
                databases.names(),
                "templates",
                databases.templates());
    }

    private static Map<String, @Nullable Object> tree(Run run) {
        var env = new LinkedHashMap<String, Object>();
        run.env().forEach((name, value) -> env.put(name, text(value)));
        return map(
                "work",
                tree(run.work()),
                "workingDir",
                run.workingDir(),
                "env",
                env,
                "ports",
                run.ports(),
                "ready",
                tree(run.ready()),
                "readyTimeout",
                run.readyTimeout().toString(),
                "restart",
                run.restart().name(),
                "signal",
                run.stop().signal(),
                "grace",
                run.stop().grace().toString(),
                "dev",
                run.dev().map(SpecWriter::tree).orElse(null),
                "timeout",
                run.timeout().map(Object::toString).orElse(null));
    }

    private static Map<String, @Nullable Object> tree(Work work) {
        return switch (work) {
            case Work.Command(var command) -> map("kind", "command", "command", texts(command));
            case Work.Task(var command, var inputs) ->
                    map("kind", "task", "command", texts(command), "inputs", inputs);
            case Work.Agent(var command) -> map("kind", "agent", "command", texts(command));
            case Work.StaticFiles(var dir, var spa) ->
                    map("kind", "static", "dir", dir, "spa", spa);
            case Work.Postgres(var databases, var version) ->
                    map(
                            "kind",
                            "postgres",
                            "databases",
                            databases,
                            "version",
                            version.orElse(null));
        };
    }

    private static Map<String, @Nullable Object> tree(Ready ready) {
        return switch (ready) {
            case Ready.Http(var port, var path, var status) ->
                    map("kind", "http", "port", port, "path", path, "status", status);
            case Ready.Tcp(var port) -> map("kind", "tcp", "port", port);
            case Ready.Exec(var command) -> map("kind", "exec", "command", texts(command));
            case Ready.Log(var regex) -> map("kind", "log", "regex", regex);
            case Ready.Alive() -> map("kind", "alive");
            case Ready.Done() -> map("kind", "done");
        };
    }

    private static Map<String, @Nullable Object> tree(Dev dev) {
        return map(
                "build",
                texts(dev.build()),
                "watch",
                dev.watch(),
                "ignore",
                dev.ignore(),
                "toolReloads",
                dev.toolReloads(),
                "debounce",
                dev.debounce().toString());
    }

    private static List<Object> texts(List<Marked> texts) {
        return texts.stream().map(SpecWriter::text).toList();
    }

    private static Object text(Marked text) {
        return text.hasSecret()
                ? map(
                        "text",
                        text.reveal(),
                        "spans",
                        text.spans().stream()
                                .map(span -> List.of(span.start(), span.end(), span.name()))
                                .toList())
                : text.reveal();
    }

    private static Map<String, @Nullable Object> map(@Nullable Object... pairs) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }
}
