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
import dev.fairlead.target.kubernetes.home.Claims;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.look.Output;
import dev.fairlead.target.kubernetes.ready.Condition;
import dev.fairlead.target.kubernetes.ready.Conditions;
import dev.fairlead.target.kubernetes.ready.PodCauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Home home;
    private final Board board;
    private final Claims claims;
    private final Tools tools;
    private final Map<UnitName, List<DesiredObject>> units = new ConcurrentHashMap<>();
    private final Map<UnitName, Deadline> steady = new ConcurrentHashMap<>();
    private final Map<UnitName, Deadline> certain = new ConcurrentHashMap<>();
    private SortedMap<String, Marked> secrets = new TreeMap<>();

    Waiting(Home home, Board board, Tools tools) {
        this.home = home;
        this.board = board;
        this.claims = new Claims(home);
        this.tools = tools;
    }

    /// Whose values are kept out of what is shown.
    void masks(SortedMap<String, Marked> values) {
        secrets = values;
    }

    /// Watches what a unit consists of, before it is written.
    void begins(UnitName unit, List<DesiredObject> objects) throws InterruptedException {
        units.put(unit, objects);
        steady.remove(unit);
        certain.remove(unit);
        for (var object : objects) {
            watched(object.ref());
        }
        board.watch(home.core("Pod"));
    }

    private boolean watched(ObjectRef ref) throws InterruptedException {
        var resource = home.resource(ref);
        boolean watched =
                resource.isPresent()
                        && resource.get().can("watch")
                        && resource.get().namespaced()
                        && ref.namespace().equals(home.namespace());
        if (watched) {
            board.watch(resource.get());
        }
        return watched;
    }

    private Optional<Map<String, Object>> find(ObjectRef ref) throws InterruptedException {
        if (watched(ref)) {
            return board.find(ref);
        }
        var address = home.address(ref);
        return address.isEmpty() ? Optional.empty() : home.cluster().find(address.get());
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
                lacks = lacks.or(() -> Optional.of(name + " is not there"));
                continue;
            }
            trees.add(tree.get());
            var open = open(tree.get());
            lacks = lacks.or(() -> open.map(what -> name + ": " + what));
        }
        if (lacks.isEmpty()) {
            return steady(unit, trees);
        }
        steady.remove(unit);
        var pods = board.ofKind("", "Pod");
        var cause = PodCauses.of(trees, pods);
        if (cause.isPresent() && isCertain(unit, cause.get())) {
            return status(
                    unit, UnitState.FAILED, Optional.of(withOutput(cause.get(), trees, pods)));
        }
        if (cause.isEmpty()) {
            certain.remove(unit);
        }
        return status(
                unit,
                UnitState.STARTING,
                Optional.of(cause(CauseCode.OBJECT_PENDING, lacks.get())));
    }

    /// What an object lacks.
    private Optional<String> open(Map<String, Object> tree) {
        if (claims.waits(tree)) {
            return Optional.empty();
        }
        return switch (Conditions.of(tree)) {
            case Condition.Current _ -> Optional.empty();
            case Condition.InProgress(var what) -> Optional.of(what);
            case Condition.Failed(_, var what) -> Optional.of(what);
            case Condition.Terminating(var what) -> Optional.of(what);
        };
    }

    private UnitStatus steady(UnitName unit, List<Map<String, Object>> trees) {
        if (trees.stream().noneMatch(Probes::unprobed)) {
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

    private boolean isCertain(UnitName unit, Cause cause) {
        if (cause.code() != CauseCode.UNSCHEDULABLE) {
            return true;
        }
        return certain.computeIfAbsent(unit, _ -> Deadline.in(CERTAIN, tools.ticker())).passed();
    }

    private Cause withOutput(
            Cause cause, List<Map<String, Object>> trees, List<Map<String, Object>> pods)
            throws InterruptedException {
        var speaker = PodCauses.speaker(trees, pods);
        if (speaker.isEmpty()) {
            return cause;
        }
        var lines =
                new Output(home, secrets).tail(speaker.get().getKey(), speaker.get().getValue());
        return new Cause(cause.code(), cause.what(), cause.advice(), lines);
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
