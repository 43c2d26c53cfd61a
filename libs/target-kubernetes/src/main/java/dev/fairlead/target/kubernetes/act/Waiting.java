package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.discovery.ApiResource;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.look.Output;
import dev.fairlead.target.kubernetes.ready.Around;
import dev.fairlead.target.kubernetes.ready.Condition;
import dev.fairlead.target.kubernetes.ready.Conditions;
import dev.fairlead.target.kubernetes.ready.Finding;
import dev.fairlead.target.kubernetes.ready.Finding.Sure;
import dev.fairlead.target.kubernetes.ready.PodCauses;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Waits for the objects of units, on watches.
final class Waiting {
    private static final Duration ESTABLISHED = Duration.ofSeconds(30);

    /// A pod that says nothing of itself is ready when it starts; one that ends at once was not.
    private static final Duration STEADY = Duration.ofSeconds(1);

    /// The scheduler says no, too, while a volume is on its way.
    private static final Duration CERTAIN = Duration.ofSeconds(5);

    private static final Duration FRESH = Duration.ofSeconds(5);

    private static final Set<String> TELLING =
            Set.of(
                    "Deployment",
                    "StatefulSet",
                    "DaemonSet",
                    "ReplicaSet",
                    "Job",
                    "Pod",
                    "PersistentVolumeClaim");
    private static final ObjectRef REPLICA_SETS = new ObjectRef("apps", "ReplicaSet", "", "-");

    private final Home home;
    private final Board board;
    private final Tools tools;
    private final Map<UnitName, List<DesiredObject>> units = new ConcurrentHashMap<>();
    private final Map<UnitName, Deadline> steady = new ConcurrentHashMap<>();
    private final Map<UnitName, Deadline> certain = new ConcurrentHashMap<>();
    private final Map<UnitName, Map<String, String>> before = new ConcurrentHashMap<>();
    private final Map<UnitName, Told> told = new ConcurrentHashMap<>();
    private final Set<ObjectRef> moved = ConcurrentHashMap.newKeySet();
    private SortedMap<String, Marked> secrets = new TreeMap<>();

    private record Told(Cause cause, Deadline until) {}

    Waiting(Home home, Board board, Tools tools) {
        this.home = home;
        this.board = board;
        this.tools = tools;
    }

    /// Whose values are kept out of what is shown.
    void masks(SortedMap<String, Marked> values) {
        secrets = values;
    }

    /// Learns how a unit stands before it is written. What was said of its workloads until now is old once they change.
    ///
    /// @param written what of it will be written
    void begins(UnitName unit, List<DesiredObject> objects, Set<ObjectRef> written)
            throws InterruptedException {
        units.put(unit, objects);
        steady.remove(unit);
        certain.remove(unit);
        boolean there = false;
        boolean moves = false;
        for (var object : objects) {
            var live = find(object.ref());
            if (tells(object, live)) {
                there |= live.isPresent();
                moves |= written.contains(object.ref()) || live.filter(Waiting::isOpen).isPresent();
            }
        }
        if (there && moves) {
            listen(objects);
        }
        var said = new HashMap<String, String>();
        board.ofKind("", "Event").forEach(event -> said.put(uid(event), version(event)));
        before.put(unit, said);
    }

    /// Whether pods tell how an object fares: one that wants none has none that could.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static boolean tells(DesiredObject object, Optional<Map<String, Object>> live) {
        return TELLING.contains(object.ref().kind())
                && live.flatMap(tree -> Trees.number(tree, "spec", "replicas"))
                        .or(() -> Trees.number(object.tree(), "spec", "replicas"))
                        .filter(number -> number == 0)
                        .isEmpty();
    }

    private static boolean isOpen(Map<String, Object> tree) {
        return !(Conditions.of(tree) instanceof Condition.Current);
    }

    private void listen(List<DesiredObject> objects) throws InterruptedException {
        board.watch(home.core("Pod"));
        board.watch(home.core("Event"));
        if (objects.stream().anyMatch(object -> object.ref().kind().equals("Deployment"))) {
            var sets = home.resource(REPLICA_SETS);
            if (sets.isPresent()) {
                board.watch(sets.get());
            }
        }
    }

    /// Takes the answer to a write.
    void wrote(Map<String, Object> tree) {
        moved.add(ObjectRef.of(tree));
        board.wrote(tree);
    }

    private static String uid(Map<String, Object> tree) {
        return Trees.text(tree, "metadata", "uid").orElse("");
    }

    private static String version(Map<String, Object> tree) {
        return Trees.text(tree, "metadata", "resourceVersion").orElse("");
    }

    /// What tells how the objects of a unit fare, apart from themselves.
    Around around(UnitName unit) throws InterruptedException {
        var objects = units.getOrDefault(unit, List.of());
        if (objects.stream().anyMatch(object -> tells(object, board.find(object.ref())))) {
            listen(objects);
        }
        var known = before.getOrDefault(unit, Map.of());
        var events = board.ofKind("", "Event");
        var news =
                events.stream()
                        .filter(event -> !version(event).equals(known.get(uid(event))))
                        .toList();
        return new Around(
                board.ofKind("", "Pod"), board.ofKind("apps", "ReplicaSet"), events, news);
    }

    /// The kind of an object that can be watched here.
    private Optional<ApiResource> watchable(ObjectRef ref) {
        return home.resource(ref)
                .filter(kind -> kind.can("watch") && kind.namespaced())
                .filter(_ -> ref.namespace().equals(home.namespace()));
    }

    Optional<Map<String, Object>> find(ObjectRef ref) throws InterruptedException {
        var kind = watchable(ref);
        if (kind.isPresent()) {
            if (!board.knows(kind.get())) {
                board.watch(kind.get());
            }
            return board.find(ref);
        }
        var address = home.address(ref);
        return address.isEmpty() ? Optional.empty() : home.cluster().find(address.get());
    }

    /// From now on what becomes of it is seen.
    private void follow(ObjectRef ref) throws InterruptedException {
        moved.add(ref);
        var kind = watchable(ref);
        if (kind.isPresent()) {
            board.watch(kind.get());
        }
    }

    /// Until a definition or a namespace can be used.
    Optional<Cause> established(ObjectRef ref) throws InterruptedException {
        var deadline = Deadline.in(ESTABLISHED, tools.ticker());
        while (true) {
            var condition = find(ref).map(Conditions::of);
            if (condition.filter(Condition.Current.class::isInstance).isPresent()) {
                home.cluster().discovery().forget();
                return Optional.empty();
            }
            if (condition.isPresent() && condition.get() instanceof Condition.Failed(_, var what)) {
                return Optional.of(cause(CauseCode.OBJECT_FAILED, ref + ": " + what));
            }
            if (deadline.passed()) {
                return Optional.of(
                        cause(CauseCode.OBJECT_PENDING, ref + " is not established after 30 s"));
            }
            board.await(100);
        }
    }

    UnitStatus await(UnitName unit, Duration atMost) throws InterruptedException {
        var objects = units.getOrDefault(unit, List.of());
        if (!units.containsKey(unit)) {
            return status(unit, UnitState.READY, Optional.empty());
        }
        var deadline = Deadline.in(atMost, tools.ticker());
        while (true) {
            var status = look(unit, objects);
            if (status.state() != UnitState.STARTING || deadline.passed()) {
                return status;
            }
            board.await(Math.min(250, deadline.slice(Duration.ofSeconds(1)).toMillis()));
            // A hundred objects change in one moment: they are looked at together.
            tools.ticker().pause(Duration.ofMillis(10 + objects.size() / 10));
        }
    }

    private UnitStatus look(UnitName unit, List<DesiredObject> objects)
            throws InterruptedException {
        var trees = new ArrayList<Map<String, Object>>();
        Optional<String> lacks = Optional.empty();
        for (var object : objects) {
            var name = object.ref().in(home.namespace());
            var tree = find(object.ref());
            if (tree.isEmpty()) {
                follow(object.ref());
                lacks = lacks.or(() -> Optional.of(name + " is not there"));
                continue;
            }
            trees.add(tree.get());
            var open = open(tree.get());
            if (open.isPresent()) {
                follow(object.ref());
            }
            lacks = lacks.or(() -> open.map(what -> name + ": " + what));
        }
        if (lacks.isEmpty()) {
            return steady(unit, trees);
        }
        steady.remove(unit);
        var finding = PodCauses.of(trees, around(unit));
        if (finding.isPresent() && isCertain(unit, finding.get())) {
            return status(unit, UnitState.FAILED, Optional.of(withOutput(finding.get())));
        }
        if (finding.isEmpty() || finding.get().sure() == Sure.NOT_YET) {
            certain.remove(unit);
        }
        var why =
                finding.isPresent()
                        ? told(unit, finding.get())
                        : cause(CauseCode.OBJECT_PENDING, lacks.get());
        return status(unit, UnitState.STARTING, Optional.of(why));
    }

    /// What an object lacks.
    private Optional<String> open(Map<String, Object> tree) {
        return switch (Conditions.of(tree)) {
            case Condition.Current _ -> Optional.empty();
            case Condition.InProgress(var what) ->
                    new Around(List.of(), List.of(), board.ofKind("", "Event"), List.of())
                                    .isAwaited(tree)
                            ? Optional.empty()
                            : Optional.of(what);
            case Condition.Failed(_, var what) -> Optional.of(what);
            case Condition.Terminating(var what) -> Optional.of(what);
        };
    }

    private UnitStatus steady(UnitName unit, List<Map<String, Object>> trees) {
        // What nobody touched and was as it shall be has run for longer.
        if (trees.stream()
                .filter(tree -> moved.contains(ObjectRef.of(tree)))
                .noneMatch(Probes::unprobed)) {
            return status(unit, UnitState.READY, Optional.empty());
        }
        var since = steady.computeIfAbsent(unit, _ -> Deadline.in(STEADY, tools.ticker()));
        return since.passed()
                ? status(unit, UnitState.READY, Optional.empty())
                : status(
                        unit,
                        UnitState.STARTING,
                        Optional.of(
                                cause(
                                        CauseCode.OBJECT_PENDING,
                                        "it has run for less than a second")));
    }

    private boolean isCertain(UnitName unit, Finding finding) {
        return switch (finding.sure()) {
            case AT_ONCE -> true;
            case WHEN_IT_LASTS ->
                    certain.computeIfAbsent(unit, _ -> Deadline.in(CERTAIN, tools.ticker()))
                            .passed();
            case NOT_YET -> false;
        };
    }

    /// With output that is a few seconds old at most: it is not read anew at each look.
    private Cause told(UnitName unit, Finding finding) throws InterruptedException {
        var known = told.get(unit);
        if (known != null
                && known.cause().what().equals(finding.cause().what())
                && !known.until().passed()) {
            return known.cause();
        }
        var cause = withOutput(finding);
        told.put(unit, new Told(cause, Deadline.in(FRESH, tools.ticker())));
        return cause;
    }

    private Cause withOutput(Finding finding) throws InterruptedException {
        return new Output(home, secrets).with(finding);
    }

    private UnitStatus status(UnitName unit, UnitState state, Optional<Cause> cause) {
        return new UnitStatus(
                unit,
                state,
                tools.clock().instant(),
                cause,
                new TreeMap<>(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }

    private static Cause cause(CauseCode code, String what) {
        return new Cause(code, what, List.of(code.remedy()), List.of());
    }
}
