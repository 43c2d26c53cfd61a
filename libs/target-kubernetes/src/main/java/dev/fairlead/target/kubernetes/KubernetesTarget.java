package dev.fairlead.target.kubernetes;

import dev.fairlead.deploy.journal.EnvironmentRecord.Result;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.journal.Permit;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.deploy.object.Scopes;
import dev.fairlead.deploy.render.Revision;
import dev.fairlead.deploy.resolve.Assumed;
import dev.fairlead.deploy.slot.SlotPort;
import dev.fairlead.deploy.target.AgentRun;
import dev.fairlead.deploy.target.Drift;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.inventory.cluster.Cleanup;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.access.Access;
import dev.fairlead.target.kubernetes.act.ClusterSession;
import dev.fairlead.target.kubernetes.act.Needs;
import dev.fairlead.target.kubernetes.act.Tools;
import dev.fairlead.target.kubernetes.agent.AgentJobs;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Homes;
import dev.fairlead.target.kubernetes.home.HousedStore;
import dev.fairlead.target.kubernetes.home.Inventory;
import dev.fairlead.target.kubernetes.home.Kept;
import dev.fairlead.target.kubernetes.home.Namespace;
import dev.fairlead.target.kubernetes.home.Secrets;
import dev.fairlead.target.kubernetes.home.State;
import dev.fairlead.target.kubernetes.look.Drifts;
import dev.fairlead.target.kubernetes.look.Followed;
import dev.fairlead.target.kubernetes.look.Listed;
import dev.fairlead.target.kubernetes.look.Output;
import dev.fairlead.target.kubernetes.look.Sight;
import dev.fairlead.target.kubernetes.look.Snapshots;
import dev.fairlead.target.kubernetes.reach.Commands;
import dev.fairlead.target.kubernetes.reach.Dialled;
import dev.fairlead.target.kubernetes.slot.ClusterSlots;
import dev.fairlead.target.kubernetes.store.ClusterStore;
import dev.fairlead.target.kubernetes.stream.Exec;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// The target `kubernetes`: one environment of one cluster, with a namespace for each of its instances.
public final class KubernetesTarget implements Target {
    /// How long what a plan saw is good for: a person may have looked at it first.
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Homes homes;
    private final Cleanup cleanup;
    private final ClusterStore.Self self;
    private final Tools tools;
    private final Map<EnvironmentRef, ClusterStore> stores = new HashMap<>();
    private final Map<EnvironmentRef, Secrets> kept = new ConcurrentHashMap<>();
    private final Map<EnvironmentRef, Seen> seen = new ConcurrentHashMap<>();
    private final Map<EnvironmentRef, Seen> left = new ConcurrentHashMap<>();

    /// What a plan saw or an execution left, and of which record.
    private record Seen(Sight sight, long version, Deadline old) {}

    /// @param homes where the instances of the environment live
    /// @param cleanup what becomes of its idle slots
    /// @param self this process, as the holder of a lease
    public KubernetesTarget(Homes homes, Cleanup cleanup, ClusterStore.Self self) {
        this.homes = homes;
        this.cleanup = cleanup;
        this.self = self;
        var settings = homes.cluster().settings();
        this.tools = new Tools(settings.clock(), settings.ticker());
    }

    @Override
    public TargetKind kind() {
        return TargetKind.KUBERNETES;
    }

    /// Units are addressed by their Services; ports follow from their names alone.
    @Override
    public Resolution resolve(Outline outline) {
        var secrets = Secrets.read(homes.of(outline.ref()));
        kept.put(outline.ref(), secrets);
        return new Resolution(
                Assumed.of(outline).addresses(), secrets.of(outline), secrets.digestKey());
    }

    @Override
    public Scopes scopes() {
        return (group, kind) ->
                homes.shared()
                        .resource(new ObjectRef(group, kind, "", "-"))
                        .map(one -> one.namespaced());
    }

    @Override
    public Snapshot snapshot(EnvironmentRef ref) {
        return new Snapshots(homes.of(ref), ref).now();
    }

    @Override
    public SortedMap<UnitName, Map<String, Object>> contents(EnvironmentRef ref) {
        return new Snapshots(homes.of(ref), ref).contents();
    }

    @Override
    public List<Drift> drift(EnvironmentRef ref) {
        var home = homes.of(ref);
        var store = store(ref);
        return store.revisions().stream()
                .max(Comparator.naturalOrder())
                .flatMap(store::findRevision)
                .map(Revision::read)
                .map(last ->
                        Drifts.of(
                                home, Inventory.of(State.read(home).maps()), last, settled(store)))
                .orElse(List.of());
    }

    private Set<UnitName> settled(Store store) {
        var settled = new TreeSet<UnitName>();
        new Journal(store, tools.clock(), tools.ticker())
                .read()
                .ifPresent(record ->
                        record.units()
                                .forEach((unit, entry) -> {
                                    if (entry.result() == Result.DONE) {
                                        settled.add(unit);
                                    }
                                }));
        return settled;
    }

    @Override
    public Snapshot snapshot(EnvironmentRef ref, SortedMap<UnitName, Wanted> desired) {
        var home = homes.of(ref);
        var snapshots = new Snapshots(home, ref);
        var secrets = kept.remove(ref);
        var sight = snapshots.sight(desired, secrets == null ? Secrets.read(home) : secrets);
        left.remove(ref);
        seen.put(ref, noted(sight, version(ref)));
        return snapshots.of(desired, sight);
    }

    private Seen noted(Sight sight, long version) {
        return new Seen(sight, version, Deadline.in(FRESH, tools.ticker()));
    }

    /// What the plan saw, where nobody wrote the record since but the one who took the lease.
    private Optional<Sight> seen(EnvironmentRef ref) {
        return Optional.ofNullable(seen.remove(ref))
                .filter(before -> before.version() + 1 == version(ref) && !before.old().passed())
                .map(before ->
                        before.version() == 0 ? before.sight().afterFirstWrite() : before.sight());
    }

    private Optional<Map<String, Object>> namespace(EnvironmentRef ref, Home home) {
        var before = seen.get(ref);
        return before == null || before.old().passed()
                ? Namespace.find(home)
                : before.sight().namespace();
    }

    @Override
    public Snapshot recent(EnvironmentRef ref) {
        var before =
                Optional.ofNullable(left.remove(ref)).or(() -> Optional.ofNullable(seen.get(ref)));
        return before.filter(one -> one.version() == version(ref) && !one.old().passed())
                .map(one -> new Snapshots(homes.of(ref), ref).stands(one.sight()))
                .orElseGet(() -> snapshot(ref));
    }

    /// The version of the record as it was seen last.
    private long version(EnvironmentRef ref) {
        synchronized (stores) {
            return Optional.ofNullable(stores.get(ref)).flatMap(ClusterStore::seen).orElse(-1L);
        }
    }

    @Override
    public Store store(EnvironmentRef ref) {
        var home = homes.of(ref);
        synchronized (stores) {
            var store =
                    stores.computeIfAbsent(
                            ref,
                            _ -> new ClusterStore(home.cluster(), home.namespace(), ref, self));
            return new HousedStore(home, ref, store, () -> namespace(ref, home));
        }
    }

    @Override
    public Optional<String> context() {
        var name = homes.cluster().access().context();
        return name.equals(Access.IN_CLUSTER) ? Optional.empty() : Optional.of(name);
    }

    /// Those whose namespace says that it is theirs.
    @Override
    public List<EnvironmentRef> environments() {
        return homes.namespaces().keySet().stream()
                .map(slot -> new EnvironmentRef(homes.base().project(), homes.base().name(), slot))
                .filter(ref ->
                        Namespace.look(homes.of(ref))
                                .filter(tree -> Namespace.isOf(tree, ref))
                                .isPresent())
                .toList();
    }

    /// What volumes and state stay in the namespace.
    @Override
    public Left left(EnvironmentRef ref) {
        var home = homes.of(ref);
        var claims = Selection.of(home.core("PersistentVolumeClaim")).in(home.namespace());
        var data =
                home.ask(() -> home.cluster().list(claims)).objects().stream()
                        .flatMap(claim -> Trees.text(claim, "metadata", "name").stream())
                        .map(name -> "the volume claim " + name)
                        .toList();
        return new Left(
                "", data, List.of("the namespace " + home.namespace() + " with its record"));
    }

    @Override
    public void dispose(EnvironmentRef ref) {
        boolean shared = ref.slot() == 0 && homes.namespaces().size() > 1;
        if (!shared || slots().flatMap(port -> port.ledger(ref.name())).isEmpty()) {
            var home = homes.of(ref);
            if (Namespace.look(home).filter(Namespace::isOurs).isPresent()
                    && Namespace.isShared(home)) {
                new Kept(home).remove(); // whoever leaves last removes the namespace
            } else {
                Namespace.remove(home);
            }
        } // else it has the ledger of the slots
    }

    @Override
    public boolean sleeps() {
        return true;
    }

    @Override
    public Optional<SlotPort> slots() {
        return Optional.of(new ClusterSlots(homes, cleanup, this::store));
    }

    @Override
    public List<Problem> lacks(EnvironmentRef ref, Collection<ObjectStep> steps) {
        var home = homes.of(ref);
        var before = seen.get(ref);
        boolean housed =
                before == null
                        ? Namespace.find(home).isPresent()
                        : before.sight().namespace().isPresent();
        return Needs.missing(home, steps, housed);
    }

    @Override
    public Session open(EnvironmentRef ref) {
        return new ClusterSession(homes.of(ref), ref, tools, Optional.empty(), _ -> {});
    }

    @Override
    public Session open(EnvironmentRef ref, Permit permit) {
        var home = homes.of(ref);
        var leased = new Home(home.cluster().guarded(permit::require), home.namespace(), ref);
        return new ClusterSession(
                leased,
                ref,
                tools,
                seen(ref),
                // The record is written once more, with how it ended.
                sight -> left.put(ref, noted(sight, version(ref) + 1)));
    }

    @Override
    public Reach dial(EnvironmentRef ref, UnitName unit, Endpoint to) {
        var home = homes.of(ref);
        return Dialled.to(home, unit, objects(home).getOrDefault(unit, List.of()), to);
    }

    @Override
    public Executed execute(
            EnvironmentRef ref, UnitName unit, List<String> command, Optional<Environment> declared)
            throws InterruptedException {
        var home = homes.of(ref);
        return Commands.run(home, unit, objects(home).getOrDefault(unit, List.of()), command);
    }

    @Override
    public Executed execute(
            EnvironmentRef ref, UnitName unit, List<String> command, Streams streams)
            throws InterruptedException {
        var home = homes.of(ref);
        return Commands.run(
                home,
                unit,
                objects(home).getOrDefault(unit, List.of()),
                command,
                new Exec.Streams(streams.input(), streams.output(), streams.errors()));
    }

    @Override
    public AgentRun.End run(
            EnvironmentRef ref, UnitName agent, AgentRun.Order order, AgentRun.Listener listener)
            throws InterruptedException {
        var home = homes.of(ref);
        var objects = objects(home);
        return new AgentJobs(home, output(home, objects), tools, listener)
                .run(agent, objects.getOrDefault(agent, List.of()), order);
    }

    private static Output output(
            Home home, SortedMap<UnitName, List<Map<String, Object>>> objects) {
        return new Output(
                home,
                Secrets.masks(
                        home, objects.values().stream().flatMap(Collection::stream).toList()));
    }

    private SortedMap<UnitName, List<Map<String, Object>>> objects(Home home) {
        var entries = Inventory.of(State.read(home).maps());
        var refs = new TreeSet<ObjectRef>();
        entries.forEach(entry -> refs.add(entry.ref()));
        var listed = Listed.of(home, refs, Map.of());
        var objects = new TreeMap<UnitName, List<Map<String, Object>>>();
        for (var entry : entries) {
            listed.find(entry.ref())
                    .ifPresent(tree ->
                            objects.computeIfAbsent(entry.unit(), _ -> new ArrayList<>())
                                    .add(tree));
        }
        return objects;
    }

    @Override
    public void logs(EnvironmentRef ref, LogRequest request, LogConsumer consumer)
            throws InterruptedException {
        var home = homes.of(ref);
        var objects = objects(home);
        new Followed(home, objects, output(home, objects)).run(request, consumer);
    }

    @Override
    public void close() {
        synchronized (stores) {
            stores.values().forEach(ClusterStore::close);
            stores.clear();
        }
        homes.cluster().close();
    }
}
