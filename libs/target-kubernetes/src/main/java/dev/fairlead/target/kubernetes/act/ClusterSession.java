package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.act.Writes.Written;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Inventory;
import dev.fairlead.target.kubernetes.home.Inventory.Entry;
import dev.fairlead.target.kubernetes.home.Namespace;
import dev.fairlead.target.kubernetes.home.Secrets;
import dev.fairlead.target.kubernetes.home.Sleep;
import dev.fairlead.target.kubernetes.home.State;
import dev.fairlead.target.kubernetes.ready.Condition;
import dev.fairlead.target.kubernetes.ready.Conditions;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Changes one environment of a cluster: writes exactly what the plan says, and nothing that is as it shall be.
public final class ClusterSession implements Session {
    private static final Set<String> RESTARTED = Set.of("Deployment", "StatefulSet", "DaemonSet");

    private final Home home;
    private final EnvironmentRef ref;
    private final Tools tools;
    private final Writes writes;
    private final Board board;
    private final Waiting waiting;
    private final Sleeping sleeping;
    private final SortedMap<UnitName, Wanted> wanted = new TreeMap<>();
    private final SortedMap<UnitName, List<ObjectStep>> steps = new TreeMap<>();
    private final Map<ObjectRef, Entry> inventory = new HashMap<>();
    private int kept;
    private boolean changed;

    /// @param home its cluster asks for the lease before each write
    public ClusterSession(Home home, EnvironmentRef ref, Tools tools) {
        this.home = home;
        this.ref = ref;
        this.tools = tools;
        this.writes = new Writes(home, tools.ticker());
        this.board = new Board(home);
        this.waiting = new Waiting(home, board, tools);
        this.sleeping = new Sleeping(home, board, tools);
        for (var entry : Inventory.of(State.read(home).maps())) {
            inventory.put(entry.ref(), entry);
        }
        this.kept = inventory.size();
    }

    @Override
    public void follow(SortedMap<UnitName, List<ObjectStep>> planned) {
        steps.clear();
        steps.putAll(planned);
    }

    @Override
    public Handed hand(
            Environment environment, Resolution resolution, SortedMap<UnitName, Wanted> units) {
        wanted.clear();
        wanted.putAll(units);
        Namespace.ensure(home, ref);
        Secrets.read(home).keep(home, environment.outline(), resolution);
        waiting.masks(resolution.secrets());
        forget();
        enter();
        return new Handed.Taken();
    }

    /// Entries of the units at hand whose objects are gone, or somebody else's by now.
    private synchronized void forget() {
        var known = new HashSet<ObjectRef>();
        wanted.values().forEach(own -> own.objects().forEach(object -> known.add(object.ref())));
        steps.values().forEach(todo -> todo.forEach(step -> known.add(step.ref())));
        var stale =
                inventory.values().stream()
                        .filter(entry -> wanted.containsKey(entry.unit()))
                        .filter(entry -> !known.contains(entry.ref()))
                        .map(Entry::ref)
                        .toList();
        stale.forEach(this::removed);
    }

    /// What will be made is in the inventory before it is made.
    private synchronized void enter() {
        steps.forEach((unit, todo) ->
                todo.stream()
                        .filter(step -> !(step instanceof ObjectStep.Remove))
                        .forEach(step -> {
                            var known = inventory.get(step.ref());
                            if (known == null || !known.unit().equals(unit)) {
                                inventory.put(step.ref(), new Entry(unit, step.ref(), uid(step)));
                                changed = true;
                            }
                        }));
        // What is as it shall be is there already, unless the inventory was lost.
        wanted.forEach((unit, own) ->
                own.objects()
                        .forEach(object -> {
                            if (!inventory.containsKey(object.ref())) {
                                inventory.put(object.ref(), new Entry(unit, object.ref(), ""));
                                changed = true;
                            }
                        }));
        keep();
    }

    private static String uid(ObjectStep step) {
        return step instanceof ObjectStep.Apply(_, var uid, _) ? uid.orElse("") : "";
    }

    private synchronized void keep() {
        if (changed) {
            var entries = new ArrayList<>(inventory.values());
            entries.sort(Comparator.comparing(Entry::unit).thenComparing(Entry::ref));
            Inventory.write(home, entries, kept);
            kept = entries.size();
            changed = false;
        }
    }

    private synchronized void made(UnitName unit, ObjectRef object, String uid) {
        var known = inventory.get(object);
        if (known == null || !known.uid().equals(uid)) {
            inventory.put(object, new Entry(unit, object, uid));
            changed = true;
        }
    }

    private synchronized void removed(ObjectRef object) {
        changed |= inventory.remove(object) != null;
    }

    @Override
    public Answer start(UnitName unit, long token, boolean force) {
        var own = wanted.get(unit);
        if (own == null) {
            throw new IllegalStateException(unit + " was not handed over");
        }
        try {
            waiting.begins(unit, own.objects());
            var failed = force ? restart(own) : write(unit, own);
            if (failed.isEmpty()) {
                sleeping.end(sleepers(unit));
            }
            if (failed.isEmpty() && !force) {
                again(unit, own);
            }
            return failed.<Answer>map(Answer.Failed::new)
                    .orElseGet(() -> new Answer.Accepted(Optional.empty()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Accepted(Optional.empty()); // the wait that follows is interrupted
        }
    }

    private Optional<Cause> write(UnitName unit, Wanted own) throws InterruptedException {
        var objects = new HashMap<ObjectRef, DesiredObject>();
        own.objects().forEach(object -> objects.put(object.ref(), object));
        var todo = new ArrayList<>(steps.getOrDefault(unit, List.of()));
        todo.removeIf(ObjectStep.Remove.class::isInstance);
        todo.sort(Comparator.comparing(ObjectStep::ref, Order.writing()));
        for (var step : todo) {
            var object = objects.get(step.ref());
            if (object == null) {
                continue; // it was not handed over: nothing is known to write
            }
            var written =
                    switch (step) {
                        case ObjectStep.Apply(_, _, var taken) ->
                                writes.apply(
                                        object, taken, waiting.find(step.ref()).orElseGet(Map::of));
                        case ObjectStep.Recreate(_, var uid) -> writes.recreate(object, uid);
                        case ObjectStep.Remove _ -> throw new IllegalStateException("sorted out");
                    };
            switch (written) {
                case Written.Failed(var cause) -> {
                    return Optional.of(cause);
                }
                case Written.Done(var tree) -> {
                    made(unit, step.ref(), Trees.text(tree, "metadata", "uid").orElse(""));
                    board.wrote(tree);
                }
            }
            if (Order.isAwaited(step.ref())) {
                var failed = waiting.established(step.ref());
                if (failed.isPresent()) {
                    return failed;
                }
            }
        }
        return Optional.empty();
    }

    private void again(UnitName unit, Wanted own) throws InterruptedException {
        var written = new HashSet<ObjectRef>();
        steps.getOrDefault(unit, List.of()).forEach(step -> written.add(step.ref()));
        var retries = new Retries(home, tools.clock());
        for (var object : own.objects()) {
            boolean ordered = object.ref().kind().equals("StatefulSet");
            if (!written.contains(object.ref()) || ordered) {
                var known = waiting.find(object.ref());
                if (known.isPresent()
                        && !(Conditions.of(known.get()) instanceof Condition.Current)) {
                    retries.of(known.get(), waiting.around(unit));
                }
            }
        }
    }

    private Optional<Cause> restart(Wanted own) throws InterruptedException {
        for (var object : own.objects()) {
            if (RESTARTED.contains(object.ref().kind())) {
                board.wrote(
                        writes.restart(object.ref(), tools.clock().instant().toString()).orThrow());
            } else if (object.ref().kind().equals("Job")) {
                var uid =
                        waiting.find(object.ref())
                                .flatMap(live -> Trees.text(live, "metadata", "uid"));
                var again =
                        uid.isPresent()
                                ? writes.recreate(object, uid.get())
                                : writes.apply(object, new TreeSet<>(), Map.of());
                switch (again) {
                    case Written.Failed(var cause) -> {
                        return Optional.of(cause);
                    }
                    case Written.Done(var tree) -> board.wrote(tree);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Answer note(UnitName unit, long token, Noted noted) {
        State.note(home, unit, noted, tools.clock().instant());
        return new Answer.Accepted(Optional.empty());
    }

    @Override
    public Answer remove(UnitName unit, long token, boolean withData) {
        var own = new LinkedHashSet<Entry>();
        synchronized (this) {
            inventory.values().stream()
                    .filter(entry -> entry.unit().equals(unit))
                    .forEach(own::add);
        }
        var left = own.stream().filter(entry -> !withData && isData(entry.ref())).toList();
        own.removeAll(left);
        var failed = removeAll(own.stream().map(this::removal).flatMap(Optional::stream).toList());
        if (failed.isPresent()) {
            return new Answer.Failed(failed.get());
        }
        own.forEach(entry -> removed(entry.ref()));
        State.forget(home, unit);
        keep();
        return new Answer.Accepted(
                left.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                "its volumes stay: "
                                        + String.join(
                                                ", ",
                                                left.stream()
                                                        .map(entry -> entry.ref().toString())
                                                        .sorted()
                                                        .toList())));
    }

    @Override
    public Answer sleep(UnitName unit, long token) {
        try {
            return sleeping.begin(sleepers(unit))
                    .<Answer>map(Answer.Failed::new)
                    .orElseGet(() -> new Answer.Accepted(Optional.empty()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Accepted(Optional.empty());
        }
    }

    private synchronized List<ObjectRef> sleepers(UnitName unit) {
        return inventory.values().stream()
                .filter(entry -> entry.unit().equals(unit))
                .map(Entry::ref)
                .filter(Sleep::can)
                .sorted()
                .toList();
    }

    private static boolean isData(ObjectRef object) {
        return object.kind().equals("PersistentVolumeClaim");
    }

    /// Exactly the object that was made: one whose uid was never learnt must say itself that it is ours.
    private Optional<ObjectStep.Remove> removal(Entry entry) {
        return Removals.of(home, ref, entry);
    }

    @Override
    public Answer tidy(long token) {
        var leaving = new ArrayList<ObjectStep.Remove>();
        for (var todo : steps.values()) {
            for (var step : todo) {
                if (step instanceof ObjectStep.Remove remove) {
                    leaving.add(remove);
                }
            }
        }
        var failed = removeAll(leaving);
        if (failed.isPresent()) {
            return new Answer.Failed(failed.get());
        }
        leaving.forEach(step -> removed(step.ref()));
        keep();
        return new Answer.Accepted(Optional.empty());
    }

    /// What others need goes last.
    private Optional<Cause> removeAll(List<ObjectStep.Remove> leaving) {
        var order = new ArrayList<>(leaving);
        order.sort(Comparator.comparing(ObjectStep::ref, Order.writing()).reversed());
        try {
            for (var step : order) {
                var failed = writes.remove(step);
                if (failed.isPresent()) {
                    return failed;
                }
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public UnitStatus await(UnitName unit, Duration atMost) throws InterruptedException {
        return waiting.await(unit, atMost);
    }

    @Override
    public void close() {
        board.close();
        keep();
    }
}
