package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.act.Writes.Written;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Inventory;
import dev.fairlead.target.kubernetes.home.Inventory.Entry;
import dev.fairlead.target.kubernetes.home.Namespace;
import dev.fairlead.target.kubernetes.home.Secrets;
import dev.fairlead.target.kubernetes.home.Sleep;
import dev.fairlead.target.kubernetes.home.State;
import dev.fairlead.target.kubernetes.home.Together;
import dev.fairlead.target.kubernetes.look.Sight;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

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
    private final Optional<Sight> sight;
    private final Book book;
    private final Consumer<Sight> leaves;
    private volatile boolean told;

    /// @param home its cluster asks for the lease before each write
    /// @param sight what was seen when this was planned, where nobody was at work since
    /// @param leaves is told how it looks at the end, where this knows
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public ClusterSession(
            Home home,
            EnvironmentRef ref,
            Tools tools,
            Optional<Sight> sight,
            Consumer<Sight> leaves) {
        this.leaves = leaves;
        this.home = home;
        this.ref = ref;
        this.tools = tools;
        this.sight = sight;
        this.writes = new Writes(home, tools.ticker());
        this.board = new Board(home);
        this.waiting = new Waiting(home, board, tools);
        this.sleeping = new Sleeping(home, board, tools);
        this.book =
                new Book(
                        home,
                        sight.map(Sight::entries)
                                .orElseGet(() -> Inventory.of(State.read(home).maps())));
        sight.ifPresent(seen -> board.seed(seen.listed(), seen.namespace().isEmpty()));
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
        if (sight.filter(Sight::housed).isEmpty()) {
            Namespace.ensure(home, ref);
        }
        sight.map(Sight::secrets)
                .orElseGet(() -> Secrets.read(home))
                .keep(home, environment.outline(), resolution);
        waiting.masks(resolution.secrets());
        forget();
        steps.forEach(book::enter);
        wanted.forEach((unit, own) -> book.complete(unit, all(own)));
        book.keep();
        return new Handed.Taken();
    }

    /// Entries of the units at hand whose objects are gone, or somebody else's by now.
    private void forget() {
        var known = new HashSet<ObjectRef>();
        wanted.values().forEach(own -> own.objects().forEach(object -> known.add(object.ref())));
        steps.values().forEach(todo -> todo.forEach(step -> known.add(step.ref())));
        for (var unit : wanted.keySet()) {
            for (var entry : book.of(unit)) {
                if (!known.contains(entry.ref())) {
                    book.removed(entry.ref());
                }
            }
        }
    }

    @Override
    public Answer start(UnitName unit, long token, boolean force) {
        var own = wanted.get(unit);
        if (own == null) {
            throw new IllegalStateException(unit + " was not handed over");
        }
        try {
            waiting.begins(unit, own.objects(), force ? all(own) : written(unit));
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

    private static Set<ObjectRef> all(Wanted own) {
        var all = new HashSet<ObjectRef>();
        own.objects().forEach(object -> all.add(object.ref()));
        return all;
    }

    private Set<ObjectRef> written(UnitName unit) {
        var written = new HashSet<ObjectRef>();
        steps.getOrDefault(unit, List.of()).forEach(step -> written.add(step.ref()));
        return written;
    }

    private Optional<Cause> write(UnitName unit, Wanted own) throws InterruptedException {
        var objects = new HashMap<ObjectRef, DesiredObject>();
        own.objects().forEach(object -> objects.put(object.ref(), object));
        var todo = new ArrayList<>(steps.getOrDefault(unit, List.of()));
        // One that was not handed over: nothing is known to write.
        todo.removeIf(
                step -> step instanceof ObjectStep.Remove || !objects.containsKey(step.ref()));
        for (var group : Order.groups(todo)) {
            var work = new ArrayList<Callable<Written>>();
            for (var step : group) {
                var object = Objects.requireNonNull(objects.get(step.ref()));
                var live = waiting.find(step.ref()).orElseGet(Map::of);
                work.add(() -> written(unit, step, object, live));
            }
            for (var written : Together.all(home, work)) {
                if (written instanceof Written.Failed(var cause)) {
                    return Optional.of(cause);
                }
            }
            for (var step : group) {
                var failed =
                        Order.isAwaited(step.ref())
                                ? waiting.established(step.ref())
                                : Optional.<Cause>empty();
                if (failed.isPresent()) {
                    return failed;
                }
            }
        }
        return Optional.empty();
    }

    private Written written(
            UnitName unit, ObjectStep step, DesiredObject object, Map<String, Object> live)
            throws InterruptedException {
        var written =
                switch (step) {
                    case ObjectStep.Apply(_, _, var taken) -> writes.apply(object, taken, live);
                    case ObjectStep.Recreate(_, var uid) -> writes.recreate(object, uid);
                    case ObjectStep.Remove _ -> throw new IllegalStateException("sorted out");
                };
        if (written instanceof Written.Done(var tree)) {
            book.made(unit, step.ref(), Trees.text(tree, "metadata", "uid").orElse(""));
            waiting.wrote(tree);
        }
        return written;
    }

    private void again(UnitName unit, Wanted own) throws InterruptedException {
        var written = written(unit);
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
                waiting.wrote(
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
                    case Written.Done(var tree) -> waiting.wrote(tree);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public Answer note(UnitName unit, long token, Noted noted) {
        told = true;
        State.note(home, unit, noted, tools.clock().instant());
        return new Answer.Accepted(Optional.empty());
    }

    @Override
    public Map<String, Object> noted(UnitName unit) {
        var state = sight.map(Sight::state).orElseGet(() -> State.read(home));
        var applied = state.noted().get(unit);
        return applied == null ? Map.of() : applied.content();
    }

    @Override
    public Answer remove(UnitName unit, long token, boolean withData) {
        claims(unit, withData);
        var own = new LinkedHashSet<>(book.of(unit));
        var left = own.stream().filter(entry -> !withData && isData(entry.ref())).toList();
        own.removeAll(left);
        var failed = removeAll(own.stream().map(this::removal).flatMap(Optional::stream).toList());
        if (failed.isPresent()) {
            return new Answer.Failed(failed.get());
        }
        own.forEach(entry -> book.removed(entry.ref()));
        State.forget(home, unit);
        book.keep();
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

    /// Whoever may not look at claims leaves them, unless they shall go.
    private void claims(UnitName unit, boolean withData) {
        try {
            Claims.of(home, unit, book.of(unit).stream().map(Entry::ref).toList())
                    .forEach(claim -> book.made(unit, claim.ref(), claim.uid()));
            book.keep();
        } catch (ProblemException e) {
            if (withData || e.problems().getFirst().code() != KubernetesCode.RIGHT_MISSING) {
                throw e;
            }
        }
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

    private List<ObjectRef> sleepers(UnitName unit) {
        return book.of(unit).stream().map(Entry::ref).filter(Sleep::can).sorted().toList();
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
        leaving.forEach(step -> book.removed(step.ref()));
        book.keep();
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
        book.keep();
        if (!told) {
            sight.map(before -> before.with(book.all(), board.known())).ifPresent(leaves);
        }
    }
}
