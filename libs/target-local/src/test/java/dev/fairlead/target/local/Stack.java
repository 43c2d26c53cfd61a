package dev.fairlead.target.local;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Mode;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Restart;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.target.local.system.ProcessId;
import dev.fairlead.target.local.system.ProcessTable;
import dev.fairlead.target.local.system.Signals;
import dev.fairlead.target.local.wire.SupervisorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// A small stack in a temporary folder, with everything that libs/deploy would do around the target. Closing it ends every
/// process that it started, also where the code under test would not.
final class Stack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    final Path root;
    final LocalTarget target;
    private final EnvironmentRef ref;
    private final SortedMap<UnitName, Function<Resolution, Run>> units = new TreeMap<>();
    private final SortedMap<UnitName, SortedMap<String, Outline.PortWish>> ports = new TreeMap<>();
    private final SortedMap<UnitName, Work.Postgres> databases = new TreeMap<>();
    private final SortedMap<String, Outline.SecretSource> secrets = new TreeMap<>();

    Stack(Path root) {
        this(root, new EnvironmentRef("shop", "dev", 0));
    }

    Stack(Path root, EnvironmentRef ref) {
        this.root = root;
        this.ref = ref;
        this.target = LocalTarget.create(root, variables(), "a test");
    }

    static Map<String, String> variables() {
        return Map.of(
                "PATH",
                Objects.requireNonNull(System.getenv("PATH")),
                "HOME",
                Objects.requireNonNull(System.getenv("HOME")));
    }

    static UnitName name(String name) {
        return new UnitName(name);
    }

    EnvironmentRef ref() {
        return ref;
    }

    static Run command(String... words) {
        return run(new Work.Command(marked(words)), new Ready.Alive());
    }

    static Run shell(String script) {
        return command("sh", "-c", script);
    }

    static Run task(String script) {
        return run(new Work.Task(marked("sh", "-c", script), List.of()), new Ready.Done());
    }

    static Run run(Work work, Ready ready) {
        return new Run(
                work,
                ".",
                new TreeMap<>(),
                new TreeMap<>(),
                ready,
                Duration.ofMinutes(3),
                Restart.NEVER,
                new Stop("TERM", Duration.ofSeconds(10)),
                Optional.empty(),
                Optional.empty());
    }

    static List<Marked> marked(String... words) {
        return List.of(words).stream().map(Marked::plain).toList();
    }

    static Run ready(Run run, Ready ready) {
        return new Run(
                run.work(),
                run.workingDir(),
                run.env(),
                run.ports(),
                ready,
                run.readyTimeout(),
                run.restart(),
                run.stop(),
                run.dev(),
                run.timeout());
    }

    static Run readyWithin(Run run, Duration timeout) {
        return new Run(
                run.work(),
                run.workingDir(),
                run.env(),
                run.ports(),
                run.ready(),
                timeout,
                run.restart(),
                run.stop(),
                run.dev(),
                run.timeout());
    }

    static Run restart(Run run, Restart restart) {
        return new Run(
                run.work(),
                run.workingDir(),
                run.env(),
                run.ports(),
                run.ready(),
                run.readyTimeout(),
                restart,
                run.stop(),
                run.dev(),
                run.timeout());
    }

    static Run stop(Run run, Stop stop) {
        return new Run(
                run.work(),
                run.workingDir(),
                run.env(),
                run.ports(),
                run.ready(),
                run.readyTimeout(),
                run.restart(),
                stop,
                run.dev(),
                run.timeout());
    }

    static Run dev(Run run, Dev dev) {
        return new Run(
                run.work(),
                run.workingDir(),
                run.env(),
                run.ports(),
                run.ready(),
                run.readyTimeout(),
                run.restart(),
                run.stop(),
                Optional.of(dev),
                run.timeout());
    }

    static Run timeout(Run run, Duration timeout) {
        return new Run(
                run.work(),
                run.workingDir(),
                run.env(),
                run.ports(),
                run.ready(),
                run.readyTimeout(),
                run.restart(),
                run.stop(),
                run.dev(),
                Optional.of(timeout));
    }

    static Run env(Run run, Map<String, Marked> env) {
        return new Run(
                run.work(),
                run.workingDir(),
                new TreeMap<>(env),
                run.ports(),
                run.ready(),
                run.readyTimeout(),
                run.restart(),
                run.stop(),
                run.dev(),
                run.timeout());
    }

    /// A unit whose content needs nothing from the target.
    Stack unit(String name, Run run) {
        return unit(name, List.of(), _ -> run);
    }

    /// A unit with chosen ports; `make` gets them by name, and they stand in its run.
    Stack unit(String name, List<String> portNames, Function<Resolution, Run> make) {
        var wishes = new TreeMap<String, Outline.PortWish>();
        portNames.forEach(port -> wishes.put(port, new Outline.PortWish.Auto()));
        ports.put(name(name), wishes);
        units.put(name(name), make);
        return this;
    }

    Stack fixedPort(String name, int port, UnaryOperator<Run> make, Run run) {
        var wishes = new TreeMap<String, Outline.PortWish>();
        wishes.put("http", new Outline.PortWish.Fixed(port));
        ports.put(name(name), wishes);
        units.put(name(name), _ -> make.apply(run));
        return this;
    }

    Stack postgres(String name, String... logical) {
        var work = new Work.Postgres(List.of(logical), Optional.of("18"));
        databases.put(name(name), work);
        return unit(name, run(work, new Ready.Done()));
    }

    Stack secret(String name, int length) {
        secrets.put(name, new Outline.SecretSource.Generated(length));
        return this;
    }

    Stack without(String name) {
        units.remove(name(name));
        ports.remove(name(name));
        return this;
    }

    Outline outline() {
        var parts = new TreeMap<UnitName, Outline.Part>();
        units.keySet()
                .forEach(unit ->
                        parts.put(
                                unit,
                                new Outline.Part(
                                        unit,
                                        Stage.INTERNAL,
                                        new Source("services.yaml", "").at(1, 1),
                                        new TreeSet<>(),
                                        ports.getOrDefault(unit, new TreeMap<>()),
                                        Optional.ofNullable(databases.get(unit)))));
        return new Outline(
                ref,
                TargetKind.LOCAL,
                Mode.DEV,
                false,
                "shop-dev",
                "localhost",
                root,
                root,
                parts,
                new TreeSet<>(),
                new TreeSet<>(),
                secrets,
                new Outline.Limits(8, PATIENCE, 10),
                List.of());
    }

    Environment environment(Resolution resolution) {
        var evaluated = new TreeMap<UnitName, Unit>();
        var outline = outline();
        units.forEach((unit, make) -> {
            var run = make.apply(resolution);
            var chosen = Objects.requireNonNull(resolution.addresses().get(unit)).ports();
            var withPorts =
                    new Run(
                            run.work(),
                            run.workingDir(),
                            run.env(),
                            databases.containsKey(unit) ? new TreeMap<>() : chosen,
                            run.ready(),
                            run.readyTimeout(),
                            run.restart(),
                            run.stop(),
                            run.dev(),
                            run.timeout());
            evaluated.put(
                    unit,
                    new Unit(
                            unit,
                            Stage.INTERNAL,
                            new Source("services.yaml", "").at(1, 1),
                            new TreeSet<>(),
                            Optional.of(withPorts),
                            Optional.empty(),
                            new TreeSet<>(),
                            new TreeMap<>(),
                            List.of()));
        });
        return new Environment(outline, evaluated);
    }

    static SortedMap<UnitName, Session.Wanted> wanted(Environment environment) {
        var wanted = new TreeMap<UnitName, Session.Wanted>();
        environment
                .units()
                .forEach((name, unit) -> {
                    Map<String, Object> content =
                            Map.of("run", unit.run().orElseThrow().toString());
                    wanted.put(name, new Session.Wanted(Digest.ofTree(content), content));
                });
        return wanted;
    }

    Resolution resolve() {
        return target.resolve(outline());
    }

    int port(String unit, String port) {
        return Objects.requireNonNull(
                Objects.requireNonNull(resolve().addresses().get(name(unit))).ports().get(port));
    }

    Session open() {
        return target.open(ref);
    }

    /// Hands over, as often as ports are replaced.
    Session.Handed hand(Session session) {
        var resolution = resolve();
        var environment = environment(resolution);
        return session.hand(environment, resolution, wanted(environment));
    }

    /// What became of every unit.
    record Up(Map<String, UnitStatus> statuses) {
        UnitStatus get(String unit) {
            return Objects.requireNonNull(statuses.get(unit), unit);
        }

        java.util.Collection<UnitStatus> values() {
            return statuses.values();
        }
    }

    /// Hands over, starts every unit and waits for each.
    Up up(long token) throws InterruptedException {
        var statuses = new TreeMap<String, UnitStatus>();
        try (var session = open()) {
            var handed = hand(session);
            if (handed instanceof Session.Handed.PortsReplaced) {
                hand(session);
            }
            for (var unit : units.keySet()) {
                session.start(unit, token, false);
            }
            for (var unit : units.keySet()) {
                statuses.put(unit.value(), session.await(unit, PATIENCE));
            }
        }
        return new Up(statuses);
    }

    void down(long token, boolean withData) {
        try (var session = open()) {
            for (var unit : target.snapshot(ref).units().reversed().keySet()) {
                session.remove(unit, token, withData);
            }
        }
    }

    UnitStatus status(String unit) {
        return target.snapshot(ref).find(name(unit)).map(Snapshot.Applied::status).orElseThrow();
    }

    List<String> log(String unit) throws InterruptedException {
        var lines = new ArrayList<String>();
        target.logs(
                ref,
                new dev.fairlead.deploy.target.Target.LogRequest(
                        List.of(name(unit)), 1_000_000, false),
                (_, line) -> lines.add(line));
        return lines;
    }

    List<Event> events() throws InterruptedException {
        var events = new ArrayList<Event>();
        target.store(ref).events(false, events::add);
        return events;
    }

    Optional<ProcessId> supervisor() {
        return SupervisorFile.find(new dev.fairlead.target.local.state.Home(root))
                .map(SupervisorFile::process);
    }

    /// The most that the supervisor ever held, in MiB.
    int supervisorMemory() throws IOException {
        var status = Path.of("/proc", "" + supervisor().orElseThrow().pid(), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    void killSupervisor() {
        supervisor()
                .ifPresent(process -> {
                    Signals.send(process.pid(), Signals.KILL);
                    eventually(() -> !process.alive());
                });
    }

    /// Processes of this folder, by their mark or because they work in it.
    List<ProcessTable.Entry> processes() {
        var id = new dev.fairlead.target.local.state.Home(root).id();
        return ProcessTable.all().stream()
                .filter(process ->
                        ProcessTable.variable(process.pid(), "FAIRLEAD_UNIT")
                                        .filter(value -> value.startsWith(id))
                                        .isPresent()
                                || (process.pid() != ProcessHandle.current().pid()
                                        && ProcessTable.folder(process.pid())
                                                .filter(folder -> folder.startsWith(real()))
                                                .isPresent()))
                .toList();
    }

    private Path real() {
        try {
            return root.toRealPath();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static void eventually(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("it did not become true within " + PATIENCE);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        killSupervisor();
        for (var process : processes()) {
            Signals.send(process.pid(), Signals.KILL);
        }
        eventually(() -> processes().isEmpty());
        var log = root.resolve(".fairlead/supervisor.log");
        try {
            if (Files.exists(log) && Files.size(log) > 0) {
                System.out.println("supervisor.log: " + Files.readString(log));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
