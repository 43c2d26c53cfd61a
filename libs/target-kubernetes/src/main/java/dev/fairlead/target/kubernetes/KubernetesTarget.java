package dev.fairlead.target.kubernetes;

import dev.fairlead.deploy.journal.Permit;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.deploy.object.Scopes;
import dev.fairlead.deploy.resolve.Assumed;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.act.ClusterSession;
import dev.fairlead.target.kubernetes.act.Needs;
import dev.fairlead.target.kubernetes.act.Tools;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.HousedStore;
import dev.fairlead.target.kubernetes.home.Inventory;
import dev.fairlead.target.kubernetes.home.Namespace;
import dev.fairlead.target.kubernetes.home.Secrets;
import dev.fairlead.target.kubernetes.home.State;
import dev.fairlead.target.kubernetes.look.Followed;
import dev.fairlead.target.kubernetes.look.Listed;
import dev.fairlead.target.kubernetes.look.Output;
import dev.fairlead.target.kubernetes.look.Snapshots;
import dev.fairlead.target.kubernetes.reach.Commands;
import dev.fairlead.target.kubernetes.reach.Dialled;
import dev.fairlead.target.kubernetes.store.ClusterStore;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The target `kubernetes`: one namespace of one cluster.
public final class KubernetesTarget implements Target {
    private final Home home;
    private final Store.Holder self;
    private final Tools tools;
    private final Map<EnvironmentRef, ClusterStore> stores = new HashMap<>();

    /// @param home where the environment lives
    /// @param self this process, as the holder of a lease
    public KubernetesTarget(Home home, Store.Holder self) {
        this.home = home;
        this.self = self;
        var settings = home.cluster().settings();
        this.tools = new Tools(settings.clock(), settings.ticker());
    }

    @Override
    public TargetKind kind() {
        return TargetKind.KUBERNETES;
    }

    /// Units are addressed by their Services; ports follow from their names alone.
    @Override
    public Resolution resolve(Outline outline) {
        var secrets = Secrets.read(home);
        return new Resolution(
                Assumed.of(outline).addresses(), secrets.of(outline), secrets.digestKey());
    }

    @Override
    public Scopes scopes() {
        return (group, kind) ->
                home.resource(new ObjectRef(group, kind, "", "-")).map(one -> one.namespaced());
    }

    @Override
    public Snapshot snapshot(EnvironmentRef ref) {
        return new Snapshots(home, ref).now();
    }

    @Override
    public Snapshot snapshot(EnvironmentRef ref, SortedMap<UnitName, Wanted> desired) {
        return new Snapshots(home, ref).of(desired);
    }

    @Override
    public Store store(EnvironmentRef ref) {
        synchronized (stores) {
            var store =
                    stores.computeIfAbsent(
                            ref,
                            _ -> new ClusterStore(home.cluster(), home.namespace(), ref, self));
            return new HousedStore(home, ref, store);
        }
    }

    /// What volumes and state stay in the namespace.
    @Override
    public Left left(EnvironmentRef ref) {
        var claims = Selection.of(home.core("PersistentVolumeClaim")).in(home.namespace());
        var data =
                home.ask(() -> home.cluster().list(claims)).objects().stream()
                        .flatMap(claim -> Trees.text(claim, "metadata", "name").stream())
                        .map(name -> "the volume claim " + name)
                        .toList();
        return new Left(data, List.of("the namespace " + home.namespace() + " with its record"));
    }

    @Override
    public void dispose(EnvironmentRef ref) {
        Namespace.remove(home);
    }

    @Override
    public List<Problem> lacks(EnvironmentRef ref, Collection<ObjectStep> steps) {
        return Needs.missing(home, steps);
    }

    @Override
    public Session open(EnvironmentRef ref) {
        return open(ref, _ -> true);
    }

    @Override
    public Session open(EnvironmentRef ref, Permit permit) {
        var leased = new Home(home.cluster().guarded(permit::require), home.namespace());
        return new ClusterSession(leased, ref, tools);
    }

    @Override
    public Reach dial(EnvironmentRef ref, UnitName unit, Endpoint to) {
        return Dialled.to(home, unit, objects().getOrDefault(unit, List.of()), to);
    }

    @Override
    public Executed execute(
            EnvironmentRef ref, UnitName unit, List<String> command, Optional<Environment> declared)
            throws InterruptedException {
        return Commands.run(home, unit, objects().getOrDefault(unit, List.of()), command);
    }

    private SortedMap<UnitName, List<Map<String, Object>>> objects() {
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
        var objects = objects();
        var masks =
                Secrets.masks(home, objects.values().stream().flatMap(Collection::stream).toList());
        new Followed(home, objects, new Output(home, masks)).run(request, consumer);
    }

    @Override
    public void close() {
        synchronized (stores) {
            stores.values().forEach(ClusterStore::close);
            stores.clear();
        }
        home.cluster().close();
    }
}
