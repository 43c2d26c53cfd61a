package dev.fairlead.deploy.explain;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.EnvironmentRecord.Entry;
import dev.fairlead.deploy.journal.EnvironmentRecord.Execution;
import dev.fairlead.deploy.journal.EnvironmentRecord.Result;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts together what the target sees and what the record knows.
public final class Reports {
    private static final Duration NO_DEADLINE = Duration.ZERO;

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
        if (!scene.holderAlive()) {
            lease.ifPresent(dead ->
                    all.add(
                            dead.execution()
                                    + " was killed before it ended; the next `fairlead up` goes on from there"));
        }
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
        var unready = new TreeSet<UnitName>();
        if (node != null && state != UnitState.READY) {
            node.waitsFor().stream()
                    .filter(needed -> states.get(needed) != UnitState.READY)
                    .forEach(unready::add);
        }
        var since = since(name, status, state);
        var timeout = node == null ? NO_DEADLINE : node.timeout();
        return new UnitReport(
                name,
                stage,
                state,
                since,
                state == UnitState.READY ? Optional.empty() : cause(name, status, state, unready),
                unready,
                scene.holderAlive() && state == UnitState.STARTING && timeout.isPositive()
                        ? Optional.of(since.plus(timeout))
                        : Optional.empty(),
                status.map(UnitStatus::ports).orElseGet(TreeMap::new),
                status.flatMap(UnitStatus::url),
                status.flatMap(UnitStatus::pid),
                status.map(UnitStatus::restarts).orElse(0),
                status.flatMap(UnitStatus::reload));
    }

    private UnitState state(UnitName unit) {
        var entry = entry(unit);
        var status = scene.statuses().get(unit);
        if (status != null) {
            boolean awaitsStart =
                    status.state() == UnitState.STOPPED
                            && entry.filter(e -> e.result() == Result.INTENDED).isPresent();
            return awaitsStart && scene.holderAlive() ? UnitState.PENDING : status.state();
        }
        boolean failed =
                entry.filter(e -> e.result() == Result.FAILED).isPresent()
                        || (entry.filter(e -> e.result() == Result.INTENDED).isPresent()
                                && lastFailure.containsKey(unit));
        return failed ? UnitState.FAILED : UnitState.PENDING;
    }

    private Instant since(UnitName unit, Optional<UnitStatus> status, UnitState state) {
        return status.filter(seen -> seen.state() == state)
                .map(UnitStatus::since)
                .or(() -> entry(unit).map(Entry::at))
                .orElse(scene.now());
    }

    private Optional<Cause> cause(
            UnitName unit,
            Optional<UnitStatus> status,
            UnitState state,
            SortedSet<UnitName> unready) {
        var seen = status.flatMap(UnitStatus::cause);
        if (seen.isPresent()) {
            return seen;
        }
        var recorded = entry(unit).flatMap(Entry::cause);
        if (recorded.isPresent()) {
            return recorded;
        }
        var told = lastFailure.get(unit);
        if (told != null && state == UnitState.FAILED) {
            return Optional.of(plain(CauseCode.EXITED, told.what()));
        }
        return switch (state) {
            case READY -> Optional.empty();
            case PENDING -> Optional.of(pending(unready));
            case STARTING -> Optional.of(plain(CauseCode.PROBE_PENDING, "started, not ready yet"));
            case STOPPED, SLEEPING ->
                    Optional.of(plain(CauseCode.STOPPED_BY_USER, "stopped by a command"));
            case DEGRADED, FAILED ->
                    Optional.of(plain(CauseCode.GONE, "its process ended and nobody saw why"));
        };
    }

    private Cause pending(SortedSet<UnitName> unready) {
        if (!unready.isEmpty()) {
            return plain(
                    CauseCode.WAITING,
                    "waits for "
                            + unready.stream()
                                    .map(UnitName::value)
                                    .collect(Collectors.joining(", ")));
        }
        var ended =
                scene.record()
                        .flatMap(EnvironmentRecord::execution)
                        .flatMap(execution ->
                                execution.outcome().map(word -> notStarted(execution, word)));
        return plain(
                CauseCode.WAITING,
                scene.holderAlive()
                        ? "its turn has not come yet"
                        : ended.orElse("not started: the execution was killed"));
    }

    private static String notStarted(Execution execution, String outcome) {
        return "not started: " + execution.id() + " ended as " + outcome;
    }

    private static Cause plain(CauseCode code, String what) {
        return new Cause(code, what, List.of(code.remedy()), List.of());
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
                            case FAILED -> last.put(unit, event);
                            case STARTED, READY, STOPPED -> last.remove(unit);
                            case PLANNED, PROGRESS, WAITING, FINISHED -> {}
                        }
                    });
        }
        return last;
    }
}
