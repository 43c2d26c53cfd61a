package dev.fairlead.deploy.render;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Work;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/// A unit of the target `local` as a plain tree. Only what its process would notice is in it: a change of the tree is a
/// restart, so its place in the graph and the deadline of its step stay out.
public final class UnitTree {
    /// The kind of an agent.
    public static final String AGENT = "agent";

    private final Function<Marked, String> show;

    private UnitTree(Function<Marked, String> show) {
        this.show = show;
    }

    /// @param show how values are written: masked ({@link Marked#toString}) or, where a person asked for it, revealed
    public static Map<String, Object> of(Run run, Function<Marked, String> show) {
        return new UnitTree(show).tree(run);
    }

    /// Every value of the unit that may hold a secret, in the order of the tree.
    static List<Marked> values(Run run) {
        var values = new ArrayList<Marked>();
        of(
                run,
                value -> {
                    values.add(value);
                    return "";
                });
        return values;
    }

    /// What a unit is, in one word: `process`, `task`, `agent`, `static`, `postgres`.
    public static String kind(Work work) {
        return switch (work) {
            case Work.Command _ -> "process";
            case Work.Task _ -> "task";
            case Work.Agent _ -> AGENT;
            case Work.StaticFiles _ -> "static";
            case Work.Postgres _ -> "postgres";
        };
    }

    private Map<String, Object> tree(Run run) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", kind(run.work()));
        switch (run.work()) {
            case Work.Command(var command) -> tree.put("command", texts(command));
            case Work.Agent(var command) -> tree.put("command", texts(command));
            case Work.Task(var command, var globs) -> {
                tree.put("command", texts(command));
                if (!globs.isEmpty()) {
                    tree.put("inputGlobs", globs);
                }
            }
            case Work.StaticFiles(var dir, var spa) -> {
                tree.put("dir", dir);
                tree.put("spa", spa);
            }
            case Work.Postgres(var databases, var version) -> {
                tree.put("databases", databases);
                version.ifPresent(major -> tree.put("version", major));
            }
        }
        tree.put("workingDir", run.workingDir());
        var env = new TreeMap<String, Object>();
        run.env().forEach((name, value) -> env.put(name, show.apply(value)));
        tree.put("env", env);
        tree.put("ports", new TreeMap<>(run.ports()));
        tree.put("ready", ready(run.ready()));
        tree.put("restart", run.restart().toString());
        // Sorted: Map.of has another order in every process.
        tree.put(
                "stop",
                new TreeMap<>(
                        Map.of("signal", run.stop().signal(), "grace", text(run.stop().grace()))));
        run.dev().ifPresent(dev -> tree.put("dev", dev(dev)));
        run.timeout().ifPresent(timeout -> tree.put("timeout", text(timeout)));
        return tree;
    }

    private Map<String, Object> ready(Ready ready) {
        return switch (ready) {
            case Ready.Http(var port, var path, var status) -> {
                var http = new LinkedHashMap<String, Object>();
                http.put("port", port);
                http.put("path", path);
                http.put("status", status);
                yield Map.of("http", http);
            }
            case Ready.Tcp(var port) -> Map.of("tcp", port);
            case Ready.Exec(var command) -> Map.of("exec", texts(command));
            case Ready.Log(var regex) -> Map.of("log", regex);
            case Ready.Alive _ -> Map.of("alive", "1s");
            case Ready.Done _ -> Map.of("done", true);
        };
    }

    private Map<String, Object> dev(Dev dev) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("build", texts(dev.build()));
        tree.put("watch", dev.watch());
        tree.put("ignore", dev.ignore());
        tree.put("reload", dev.toolReloads() ? "tool" : "restart");
        tree.put("debounce", text(dev.debounce()));
        return tree;
    }

    private List<String> texts(List<Marked> values) {
        return values.stream().map(show).toList();
    }

    /// A duration as services.yaml writes it, in its largest whole unit: `200ms`, `90s`, `5m`, `8h`.
    static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
