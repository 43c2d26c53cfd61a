package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Key;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.environment.Mode;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.read.Glob;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.inventory.unit.Restart;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.inventory.unit.Work;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// How a unit runs on the target `local`, its values evaluated.
final class Runs {
    private static final Set<String> OURS = Set.of("FAIRLEAD_UNIT", "FAIRLEAD_POSTGRES");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Problems problems;
    private final Mode mode;
    private final Duration readinessTimeout;
    private final UnitPaths paths;

    Runs(Scope scope, UnitPaths paths, Problems problems) {
        this.problems = problems;
        this.mode = scope.subject().environment().mode();
        this.readinessTimeout = scope.subject().model().limits().readinessTimeout();
        this.paths = paths;
    }

    /// @param values evaluates the unit's scalars
    /// @param ports the numbers of its ports
    Run of(UnitModel unit, Scalars values, SortedMap<String, Integer> ports) {
        var running = unit.running().orElseThrow();
        var dev = mode == Mode.DEV ? unit.dev() : Optional.<Node.Mapping>empty();
        var folder = workingDir(unit, running, values);
        var work = work(unit, running, values, folder);
        var ready = RunKeys.READY.map(running);
        new WithoutEffect(problems).check(unit, running, work);
        return new Run(
                work,
                folder,
                env(unit, running, values),
                ports,
                new Readiness(values, ports, problems).of(unit, ready, work),
                ready.flatMap(RunKeys.READY_TIMEOUT::span).orElse(readinessTimeout),
                restart(running),
                stop(running),
                dev.map(block -> dev(block, values, folder)),
                timeout(unit, running));
    }

    private Work work(UnitModel unit, Node.Mapping running, Scalars values, String folder) {
        var builtin = unit.builtin().orElse("");
        var ownCommand =
                mode == Mode.DEV
                        ? unit.dev().flatMap(RunKeys.DEV_COMMAND::node)
                        : Optional.<Node>empty();
        return switch (builtin) {
            case "postgres" -> postgres(unit, values);
            case "task" ->
                    new Work.Task(command(unit, values), globs(RunKeys.INPUTS, running, folder));
            case "static" ->
                    ownCommand.isPresent()
                            ? new Work.Command(values.list(ownCommand.get()))
                            : new Work.StaticFiles(
                                    RunKeys.DIR
                                            .scalar(running)
                                            .map(dir -> served(dir, values, folder))
                                            .orElse("."),
                                    RunKeys.SPA.flag(running));
            default ->
                    unit.isAgent()
                            ? new Work.Agent(command(unit, values))
                            : new Work.Command(command(unit, values));
        };
    }

    private List<Marked> command(UnitModel unit, Scalars values) {
        var written = Presence.command(unit, mode);
        if (written.isEmpty()) {
            return List.of(); // reported where it was found out that the unit has something to do
        }
        return program(written.get(), values, "the command of \"" + unit.name() + "\"", problems);
    }

    /// A command, whose first word must name a program. One that could not be evaluated is reported once.
    static List<Marked> program(Node written, Scalars values, String what, Problems problems) {
        int before = problems.size();
        var words = values.list(written);
        if (problems.size() == before && (words.isEmpty() || words.getFirst().reveal().isBlank())) {
            problems.add(
                    Problem.error(
                            InventoryCode.NOTHING_TO_RUN, written.place(), what + " is empty"));
        }
        return words;
    }

    /// The folder that is served; it may be made by a build, but must lie inside the root.
    private String served(Node.Scalar dir, Scalars values, String folder) {
        var path = values.plain(dir);
        inside(folder, path, dir.place());
        return path;
    }

    private void inside(String folder, String path, Place place) {
        try {
            var _ = paths.relative(path.startsWith("/") ? path : folder + "/" + path, place);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
    }

    /// The databases of a builtin PostgreSQL, known before anything else is.
    static Work.Postgres postgres(UnitModel unit, Scope scope, Problems problems) {
        return postgres(
                unit, new Scalars(scope.templates(), scope.context(java.util.Map.of()), problems));
    }

    private static Work.Postgres postgres(UnitModel unit, Scalars values) {
        var running = unit.running().orElseThrow();
        var named = RunKeys.DATABASES.texts(running);
        return new Work.Postgres(
                named.isEmpty() ? List.of(unit.name().value().replace('-', '_')) : named,
                RunKeys.VERSION.scalar(running).map(values::plain));
    }

    static Optional<Duration> timeout(UnitModel unit, Node.Mapping running) {
        return (unit.isAgent() ? RunKeys.AGENT_TIMEOUT : RunKeys.TIMEOUT).span(running);
    }

    String workingDir(UnitModel unit, Node.Mapping running, Scalars values) {
        var own = RunKeys.WORKING_DIR.scalar(running);
        if (own.isEmpty()) {
            return paths.of(unit, problems);
        }
        try {
            return paths.relative(values.plain(own.get()), own.get().place());
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return ".";
        }
    }

    private SortedMap<String, Marked> env(UnitModel unit, Node.Mapping running, Scalars values) {
        var env = new TreeMap<String, Marked>();
        var written = RunKeys.ENV.node(running);
        written.ifPresent(node -> env.putAll(values.map(node)));
        for (var name : env.keySet()) {
            if (unit.isAgent()) {
                wrongInAgent(name, env.getOrDefault(name, Marked.EMPTY))
                        .ifPresent(why -> report(written.orElse(running), name, why));
            }
            if (OURS.contains(name)) {
                report(written.orElse(running), name, "is how Fairlead knows its own processes");
            } else if (!VARIABLE.matcher(name).matches()
                    && written.orElse(running) instanceof Node.Scalar) {
                report(written.orElse(running), name, "is not the name of an environment variable");
            }
        }
        return env;
    }

    /// On Kubernetes a variable with a secret lies in a Secret, where nothing is put into it.
    static Optional<String> wrongInAgent(String name, Marked value) {
        if (name.equals(Work.Agent.VARIABLE)) {
            return Optional.of("is what the task of a run is given in");
        }
        return value.hasSecret() && value.reveal().contains(Work.Agent.TASK)
                ? Optional.of("holds a secret and the task; only one of them can stand there")
                : Optional.empty();
    }

    private void report(Node env, String name, String why) {
        var place = env instanceof Node.Mapping map ? map.keyPlace(name) : env.place();
        problems.add(
                Problem.error(InventoryCode.BAD_VALUE, place, "\"" + name + "\" in env " + why)
                        .withHint("give it another name"));
    }

    private static Restart restart(Node.Mapping running) {
        return switch (RunKeys.RESTART.text(running).orElse("")) {
            case "always" -> Restart.ALWAYS;
            case "on-failure" -> Restart.ON_FAILURE;
            default -> Restart.NEVER;
        };
    }

    private static Stop stop(Node.Mapping running) {
        return RunKeys.STOP
                .map(running)
                .map(node ->
                        new Stop(
                                RunKeys.SIGNAL.text(node).orElse(Stop.DEFAULT.signal()),
                                RunKeys.GRACE.span(node).orElse(Stop.DEFAULT.grace())))
                .orElse(Stop.DEFAULT);
    }

    private Dev dev(Node.Mapping block, Scalars values, String folder) {
        return new Dev(
                RunKeys.DEV_BUILD.node(block).map(values::list).orElse(List.of()),
                globs(RunKeys.WATCH, block, folder),
                globs(RunKeys.IGNORE, block, folder),
                RunKeys.RELOAD.text(block).filter("tool"::equals).isPresent(),
                RunKeys.DEBOUNCE.span(block).orElse(Duration.ZERO));
    }

    /// Globs that are matched later, by others: only their form, and where they look, is checked here.
    private List<String> globs(Key key, Node.Mapping in, String folder) {
        for (var glob : key.scalars(in)) {
            try {
                inside(folder, Glob.parse(glob.printed(), glob.place()).folder(), glob.place());
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        return key.texts(in);
    }
}
