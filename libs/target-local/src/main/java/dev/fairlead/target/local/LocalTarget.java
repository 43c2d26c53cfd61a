package dev.fairlead.target.local;

import dev.fairlead.deploy.journal.Store;
import dev.fairlead.deploy.slot.SlotPort;
import dev.fairlead.deploy.target.AgentRun;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.Drift;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.output.Logs;
import dev.fairlead.target.local.postgres.Layout;
import dev.fairlead.target.local.resolve.Keeper;
import dev.fairlead.target.local.resolve.KeptDatabases;
import dev.fairlead.target.local.resolve.Resolver;
import dev.fairlead.target.local.slot.LocalSlots;
import dev.fairlead.target.local.state.FileStore;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.state.Statuses;
import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.supervisor.Drifts;
import dev.fairlead.target.local.supervisor.Ownership;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Units as processes of this machine.
public final class LocalTarget implements Target {
    private final Home home;
    private final Map<String, String> variables;
    // Asked for only where a supervisor is: finding it out takes longer than a plan.
    private final Supplier<SupervisorCommand> command;
    private final String holder;

    private LocalTarget(
            Path home,
            Map<String, String> variables,
            Supplier<SupervisorCommand> command,
            String holder) {
        this.home = new Home(home);
        this.variables = Map.copyOf(variables);
        this.command = command;
        this.holder = holder;
    }

    /// @param home the folder that `.fairlead` lies in: {@link Outline#home}
    /// @param variables the environment of this process: units get PATH, HOME, LANG, TZ and USER of it
    /// @param holder this process, as others read it when it holds a lease: `fairlead up (pid 4711) of ada on laptop`
    public static LocalTarget create(Path home, Map<String, String> variables, String holder) {
        return new LocalTarget(home, variables, SupervisorCommand::likeThisProcess, holder);
    }

    /// @param command how a supervisor is started, where it is not like this process
    public static LocalTarget create(
            Path home, Map<String, String> variables, String holder, SupervisorCommand command) {
        return new LocalTarget(home, variables, () -> command, holder);
    }

    @Override
    public TargetKind kind() {
        return TargetKind.LOCAL;
    }

    @Override
    public Resolution resolve(Outline outline) {
        return new Resolver(home).resolve(outline);
    }

    @Override
    public Snapshot snapshot(EnvironmentRef ref) {
        var units = new TreeMap<UnitName, Snapshot.Applied>();
        for (var folder : home.environment(ref).units()) {
            folder.applied()
                    .ifPresent(applied ->
                            units.put(
                                    folder.name(),
                                    new Snapshot.Applied(
                                            applied.hash(),
                                            applied.content(),
                                            Statuses.read(folder))));
        }
        return new Snapshot(units);
    }

    @Override
    public Optional<Cause> look(EnvironmentRef ref, Duration atMost) {
        return SupervisorLink.look(home, home.environment(ref).key(), atMost);
    }

    @Override
    public List<EnvironmentRef> environments() {
        return home.environments().stream().flatMap(folder -> folder.ref().stream()).toList();
    }

    @Override
    public SortedSet<UnitName> remembered(EnvironmentRef ref) {
        var names = new TreeSet<UnitName>();
        home.environment(ref).units().forEach(folder -> names.add(folder.name()));
        return names;
    }

    @Override
    public Left left(EnvironmentRef ref) {
        return Leftovers.of(home.environment(ref));
    }

    @Override
    public boolean unattended(EnvironmentRef ref) {
        return home.environment(ref).units().stream().anyMatch(Statuses::unwatched);
    }

    @Override
    public Optional<SlotPort> slots() {
        return Optional.of(new LocalSlots(home, variables));
    }

    @Override
    public Store store(EnvironmentRef ref) {
        return new FileStore(home, ref, holder);
    }

    @Override
    public Reach dial(EnvironmentRef ref, UnitName unit, Endpoint to) {
        var folder = home.environment(ref);
        var applied = folder.unit(unit).applied();
        if (applied.isPresent()) {
            return new Reach.Open(to, () -> {});
        }
        // The databases of the builtin outlive a `down`; they are kept in the book until they are
        // dropped.
        boolean known = Files.exists(folder.unit(unit).path());
        return !known && KeptDatabases.of(folder, unit).isEmpty()
                ? new Reach.Never()
                : new Reach.Down(unit + " does not run");
    }

    @Override
    public List<Drift> drift(EnvironmentRef ref) {
        return Drifts.of(home.environment(ref), variables);
    }

    @Override
    public Executed execute(
            EnvironmentRef ref, UnitName unit, List<String> command, Optional<Environment> declared)
            throws InterruptedException {
        return new LocalExec(home.environment(ref).unit(unit), variables)
                .execute(command, declared);
    }

    @Override
    public AgentRun.End run(
            EnvironmentRef ref, UnitName agent, AgentRun.Order order, AgentRun.Listener listener)
            throws InterruptedException {
        var declared = order.declared();
        if (declared.isEmpty()) {
            return new AgentRun.End.Refused(
                    "services.yaml cannot be evaluated to see what it would get",
                    "correct services.yaml (`fairlead validate`)");
        }
        return new LocalAgent(home.environment(ref).unit(agent), variables)
                .run(order, declared.get(), resolve(declared.get().outline()), listener);
    }

    @Override
    public Session open(EnvironmentRef ref) {
        var link = new SupervisorLink(home, command.get(), variables);
        link.connect();
        var ownership = new Ownership(home);
        return new LocalSession(home, ref, link, new Keeper(home, ownership::isOurs), variables);
    }

    @Override
    public void logs(EnvironmentRef ref, LogRequest request, LogConsumer consumer)
            throws InterruptedException {
        new Logs(() -> logs(ref, request.units()))
                .read(request.lines(), request.follow(), consumer);
    }

    private SortedMap<UnitName, Path> logs(EnvironmentRef ref, List<UnitName> wanted) {
        var files = new TreeMap<UnitName, Path>();
        for (var folder : home.environment(ref).units()) {
            if (wanted.isEmpty() || wanted.contains(folder.name())) {
                files.put(folder.name(), log(folder));
            }
        }
        return files;
    }

    private Path log(UnitFolder folder) {
        boolean postgres = folder.applied().filter(UnitFolder.Applied::postgres).isPresent();
        return postgres ? new Layout(home, variables).log() : folder.log();
    }

    /// What this target needs of the machine, and whether it is there. Changes nothing.
    public List<Check> doctor() {
        return new Doctor(home, variables).checks();
    }

    @Override
    public void close() {
        // Nothing is held open: files are read when they are asked for, sessions are closed by who
        // opened them.
    }
}
