package dev.fairlead.deploy.explain;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.EnvironmentRecord.Entry;
import dev.fairlead.deploy.journal.EnvironmentRecord.Result;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.deploy.target.UnitStatus.Reload;
import dev.fairlead.diagnostic.Code;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Puts together what the target sees and what the record knows.
public final class Reports {
    private static final Duration NO_DEADLINE = Duration.ZERO;
    private static final int EVIDENCE = 20;
    private static final Set<Code> PROBES =
            Set.of(CauseCode.PROBE_REFUSED, CauseCode.PROBE_ANSWERED, CauseCode.PROBE_PENDING);
    private static final Set<Code> ENDS =
            Set.of(CauseCode.EXITED, CauseCode.TASK_FAILED, CauseCode.TIMED_OUT);
    private static final Duration FOLLOWS_WITHIN = Duration.ofMinutes(2);

    private final Scene scene;
    private final Graph graph;
    private final Map<UnitName, Event> lastFailure;

    private Reports(Scene scene) {
        this.scene = scene;
        this.graph = wholeGraph(scene);
        this.lastFailure = failures(scene.events());
    }

    /// The environment of a scene.
    ///
    /// @param notes go into the report, before those that the scene itself gives rise to
    public static EnvironmentReport of(Scene scene, List<String> notes) {
        return new Reports(scene).environment(notes);
    }

    private EnvironmentReport environment(List<String> notes) {
        var states = new TreeMap<UnitName, UnitState>();
        graph.nodes().keySet().forEach(unit -> states.put(unit, state(unit)));
        var units = new ArrayList<UnitReport>();
        graph.order().forEach(unit -> units.add(unit(unit, states)));
        var all = new ArrayList<>(notes);
        var lease = scene.record().flatMap(EnvironmentRecord::lease);
        new LastExecution(scene, graph, states).note().ifPresent(all::add);
        scene.stalled()
                .map(one ->
                        String.join(
                                "; ",
                                Stream.concat(
                                                Stream.of(one.cause().what()),
                                                one.cause().advice().stream().limit(1))
                                        .toList()))
                .ifPresent(all::add);
        return new EnvironmentReport(
                scene.ref(),
                scene.target(),
                whole(states),
                lease.filter(_ -> scene.holderAlive()),
                scene.record().flatMap(EnvironmentRecord::execution),
                units,
                all);
    }

    private UnitReport unit(UnitName name, SortedMap<UnitName, UnitState> states) {
        var node = graph.nodes().get(name);
        var stage = node == null ? Stage.INTERNAL : node.stage();
        var status = Optional.ofNullable(scene.statuses().get(name));
        var state = states.getOrDefault(name, UnitState.PENDING);
        var holding = node == null ? new TreeSet<UnitName>() : holding(name, node, states);
        var since = since(name, state);
        var timeout = node == null ? NO_DEADLINE : node.timeout();
        return new UnitReport(
                name,
                stage,
                state,
                since,
                cause(name, status, state, holding).map(found -> found.of(name)),
                ownFailure(name, status, state, holding)
                        ? new TreeSet<>()
                        : state == UnitState.FAILED ? newest(holding) : holding,
                scene.holderAlive() && state == UnitState.STARTING && timeout.isPositive()
                        ? Optional.of(since.plus(timeout))
                        : Optional.empty(),
                status.map(UnitStatus::ports).orElseGet(TreeMap::new),
                status.flatMap(UnitStatus::url),
                status.flatMap(UnitStatus::pid),
                status.map(UnitStatus::restarts).orElse(0),
                status.flatMap(UnitStatus::reload));
    }

    /// The units that hold it up. A unit that was not started waits for everything that is not ready. One that was
    /// started is only held up by what went wrong before it did: a database that failed first, not one that somebody
    /// stopped afterwards.
    private SortedSet<UnitName> holding(
            UnitName name, Graph.Node node, SortedMap<UnitName, UnitState> states) {
        var state = states.getOrDefault(name, UnitState.PENDING);
        var holding = new TreeSet<>(node.waitsFor());
        holding.removeIf(needed ->
                switch (state) {
                    case READY -> true;
                    case PENDING -> states.get(needed) == UnitState.READY;
                    case STARTING, DEGRADED, FAILED, STOPPED, SLEEPING ->
                            !brokeBefore(needed, name, states);
                });
        return holding;
    }

    private boolean brokeBefore(
            UnitName needed, UnitName unit, SortedMap<UnitName, UnitState> states) {
        var word = states.get(needed);
        return (word == UnitState.FAILED || word == UnitState.DEGRADED)
                && !since(needed, word).isAfter(since(unit, states.get(unit)));
    }

    /// Whether it is the unit itself that failed, whatever else is not ready: it ended, was not there to be started, or
    /// ran out of time. A probe that is not satisfied may be the fault of what the unit needs, and so may the end of one
    /// that ran until that broke.
    private boolean ownFailure(
            UnitName unit,
            Optional<UnitStatus> status,
            UnitState state,
            SortedSet<UnitName> holding) {
        return (state == UnitState.FAILED && !followed(unit, status, holding))
                || (state == UnitState.DEGRADED
                        && status.flatMap(UnitStatus::cause)
                                .filter(cause -> !PROBES.contains(cause.code()))
                                .isPresent());
    }

    /// Whether it ended shortly after one that it needs, which was there when it was started.
    private boolean followed(
            UnitName unit, Optional<UnitStatus> status, SortedSet<UnitName> holding) {
        var ended = status.filter(seen -> seen.cause().filter(Reports::byItself).isPresent());
        var wasWell =
                entry(unit)
                        .flatMap(entry ->
                                entry.result() == Result.DONE
                                        ? Optional.of(entry.at())
                                        : scene.record()
                                                .flatMap(EnvironmentRecord::execution)
                                                .map(EnvironmentRecord.Execution::started));
        return ended.isPresent()
                && wasWell.isPresent()
                && holding.stream()
                        .flatMap(needed -> Stream.ofNullable(scene.statuses().get(needed)))
                        .map(UnitStatus::since)
                        .filter(broke -> broke.isAfter(wasWell.get()))
                        .anyMatch(
                                broke -> !broke.plus(FOLLOWS_WITHIN).isBefore(ended.get().since()));
    }

    /// Whether it gave up, and nobody ended it: what is killed is not killed by what it needs.
    private static boolean byItself(Cause cause) {
        return ENDS.contains(cause.code()) && !cause.what().startsWith("was ended by ");
    }

    /// Of what broke before a unit ended, the last one: others it had outlived.
    private SortedSet<UnitName> newest(SortedSet<UnitName> broken) {
        var newest = new TreeSet<UnitName>();
        var since = Instant.MIN;
        for (var unit : broken) {
            var seen = scene.statuses().get(unit);
            if (seen != null && seen.since().isAfter(since)) {
                since = seen.since();
                newest.clear();
                newest.add(unit);
            }
        }
        return newest;
    }

    private UnitState state(UnitName unit) {
        var entry = entry(unit);
        var status = scene.statuses().get(unit);
        if (status != null) {
            if (scene.holderAlive() && awaitsItsTurn(entry, status)) {
                return UnitState.PENDING;
            }
            return ranOutOfTime(entry, status) ? UnitState.FAILED : status.state();
        }
        boolean failed =
                entry.filter(e -> e.result() == Result.FAILED).isPresent()
                        || (entry.filter(e -> e.result() == Result.INTENDED).isPresent()
                                && lastFailure.containsKey(unit));
        return failed ? UnitState.FAILED : UnitState.PENDING;
    }

    /// What it did before says nothing any more: it shall be started (again), and was not yet.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static boolean awaitsItsTurn(Optional<Entry> entry, UnitStatus status) {
        return entry.filter(e -> e.result() == Result.INTENDED)
                .filter(e ->
                        status.state() == UnitState.STOPPED
                                || (status.state() == UnitState.FAILED
                                        && status.since().isBefore(e.at())))
                .isPresent();
    }

    /// The execution that started it gave up waiting, and it is not ready since.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static boolean ranOutOfTime(Optional<Entry> entry, UnitStatus status) {
        return status.state() == UnitState.STARTING
                && entry.filter(e -> e.result() == Result.FAILED)
                        .filter(e -> !e.at().isBefore(status.since()))
                        .isPresent();
    }

    private Instant since(UnitName unit, @Nullable UnitState state) {
        return Optional.ofNullable(scene.statuses().get(unit))
                .filter(seen -> seen.state() == state)
                .map(UnitStatus::since)
                .or(() -> entry(unit).map(Entry::at))
                .orElse(scene.now());
    }

    private Optional<Cause> cause(
            UnitName unit,
            Optional<UnitStatus> status,
            UnitState state,
            SortedSet<UnitName> holding) {
        var broken = status.flatMap(UnitStatus::reload).flatMap(Reload::failedBuild);
        if (broken.isPresent() && (state == UnitState.READY || state == UnitState.FAILED)) {
            return Optional.of(build(state, status, broken.get()));
        }
        if (state == UnitState.READY) {
            return Optional.empty();
        }
        var found =
                stalled(unit, status, state, holding)
                        .or(() ->
                                status.filter(seen -> seen.state() == state)
                                        .flatMap(UnitStatus::cause))
                        .or(() -> recorded(unit, state))
                        .orElseGet(() -> guessed(unit, state, holding));
        return Optional.of(
                ownFailure(unit, status, state, holding) && !holding.isEmpty()
                        ? found.advising(
                                "it needs " + names(holding) + ", which failed before it did")
                        : found);
    }

    /// A build after an edit: what ran before it goes on running.
    private static Cause build(UnitState state, Optional<UnitStatus> status, String lines) {
        var what =
                state == UnitState.READY
                        ? "its last build failed; the former one serves"
                        : status.flatMap(UnitStatus::cause)
                                .filter(cause -> cause.code() != CauseCode.BUILD_FAILED)
                                .map(cause -> "its last build failed; before that: " + cause.what())
                                .orElse("its build failed");
        var all = lines.lines().toList();
        return new Cause(
                CauseCode.BUILD_FAILED,
                what,
                List.of(),
                all.subList(Math.max(0, all.size() - EVIDENCE), all.size()));
    }

    private Optional<Cause> recorded(UnitName unit, UnitState state) {
        return entry(unit)
                .filter(entry -> state != UnitState.DEGRADED)
                .flatMap(Entry::cause)
                .or(() ->
                        Optional.ofNullable(lastFailure.get(unit))
                                .filter(_ -> state == UnitState.FAILED)
                                .map(told ->
                                        new Cause(
                                                CauseCode.EXITED,
                                                told.what(),
                                                List.of(),
                                                told.evidence())));
    }

    /// Where it only waits, for its turn or for whoever starts it, and that one stands still.
    private Optional<Cause> stalled(
            UnitName unit,
            Optional<UnitStatus> status,
            UnitState state,
            SortedSet<UnitName> holding) {
        var node = graph.nodes().get(unit);
        boolean migrates = node != null && node.stage() == Stage.MIGRATIONS;
        return scene.stalled()
                .filter(one ->
                        switch (state) {
                            case PENDING -> holding.isEmpty() && scene.holderAlive();
                            case STARTING ->
                                    // The command migrates by itself; all else is the watcher's.
                                    one.watcher() != migrates
                                            || status.flatMap(UnitStatus::cause).isEmpty();
                            case READY, DEGRADED, FAILED, STOPPED, SLEEPING -> false;
                        })
                .map(Scene.Stalled::cause);
    }

    private Cause guessed(UnitName unit, UnitState state, SortedSet<UnitName> holding) {
        return switch (state) {
            case READY, STARTING -> plain(CauseCode.PROBE_PENDING, "started, not ready yet");
            case PENDING -> pending(unit, holding);
            case STOPPED, SLEEPING -> plain(CauseCode.STOPPED_BY_USER, "stopped by a command");
            case DEGRADED, FAILED -> plain(CauseCode.GONE, "its process ended and nobody saw why");
        };
    }

    private Cause pending(UnitName unit, SortedSet<UnitName> holding) {
        if (!holding.isEmpty()) {
            return plain(CauseCode.WAITING, "waits for " + names(holding));
        }
        if (scene.holderAlive()) {
            return plain(CauseCode.WAITING, "its turn has not come yet");
        }
        var execution = scene.record().flatMap(EnvironmentRecord::execution);
        return plain(
                CauseCode.NOT_STARTED,
                execution
                        .map(last -> "not started: " + last.id() + " " + LastExecution.end(last))
                        .orElse("never started here: there is no " + unit + " in the record"));
    }

    private static String names(SortedSet<UnitName> units) {
        return units.stream().map(UnitName::value).collect(Collectors.joining(", "));
    }

    private static Cause plain(CauseCode code, String what) {
        return new Cause(code, what, List.of(), List.of());
    }

    private Optional<Entry> entry(UnitName unit) {
        return scene.record().map(record -> record.units().get(unit));
    }

    private static UnitState whole(SortedMap<UnitName, UnitState> states) {
        for (var word :
                List.of(
                        UnitState.FAILED,
                        UnitState.DEGRADED,
                        UnitState.STARTING,
                        UnitState.PENDING)) {
            if (states.containsValue(word)) {
                return word;
            }
        }
        boolean running = states.containsValue(UnitState.READY);
        if (states.containsValue(UnitState.STOPPED)) {
            return running ? UnitState.DEGRADED : UnitState.STOPPED;
        }
        if (states.containsValue(UnitState.SLEEPING)) {
            return UnitState.SLEEPING;
        }
        return running ? UnitState.READY : UnitState.STOPPED;
    }

    // What runs but is in no record (a state folder that lost it) still belongs into a report.
    private static Graph wholeGraph(Scene scene) {
        var nodes =
                new TreeMap<>(
                        scene.record()
                                .map(record -> record.graph().nodes())
                                .orElseGet(TreeMap::new));
        scene.statuses()
                .keySet()
                .forEach(unit ->
                        nodes.computeIfAbsent(
                                unit,
                                _ -> new Graph.Node(Stage.INTERNAL, new TreeSet<>(), NO_DEADLINE)));
        return new Graph(nodes);
    }

    private static Map<UnitName, Event> failures(List<Event> events) {
        var last = new HashMap<UnitName, Event>();
        for (var event : events) {
            event.unit()
                    .ifPresent(unit -> {
                        switch (event.kind()) {
                            case FAILED -> {
                                // What was not tried took no time: it waits for the one that
                                // failed.
                                if (event.took().isPresent()) {
                                    last.put(unit, event);
                                }
                            }
                            case STARTED, READY, STOPPED -> last.remove(unit);
                            case PLANNED, PROGRESS, WAITING, FINISHED -> {}
                        }
                    });
        }
        return last;
    }
}
