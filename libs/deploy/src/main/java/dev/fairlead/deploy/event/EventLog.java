package dev.fairlead.deploy.event;

import dev.fairlead.deploy.event.Event.Fact;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Writes the one ordered stream of an execution: first to what is kept, then to whoever looks on. Safe for several threads.
public final class EventLog {
    private final Clock clock;
    private final String execution;
    private final Graph graph;
    private final EventSink kept;
    private final EventSink shown;

    /// @param graph gives each unit's stage
    /// @param kept stores an event durably
    public EventLog(Clock clock, String execution, Graph graph, EventSink kept, EventSink shown) {
        this.clock = clock;
        this.execution = execution;
        this.graph = graph;
        this.kept = kept;
        this.shown = shown;
    }

    /// Something about the execution as a whole.
    public void say(Event.Kind kind, String what) {
        write(
                new Event(
                        clock.instant(),
                        execution,
                        kind,
                        Optional.empty(),
                        Optional.empty(),
                        what,
                        Optional.empty()));
    }

    /// The begin of the execution, with what it was to do.
    public void began(String what, SortedMap<Fact, String> facts) {
        whole(Event.Kind.PLANNED, what, Optional.empty(), facts);
    }

    /// The end of the execution.
    public void finished(String what, Duration took, SortedMap<Fact, String> facts) {
        whole(Event.Kind.FINISHED, what, Optional.of(took), facts);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private void whole(
            Event.Kind kind, String what, Optional<Duration> took, SortedMap<Fact, String> facts) {
        write(
                new Event(
                        clock.instant(),
                        execution,
                        kind,
                        Optional.empty(),
                        Optional.empty(),
                        what,
                        took,
                        List.of(),
                        facts));
    }

    /// Something about a unit.
    public void say(Event.Kind kind, UnitName unit, String what) {
        write(of(kind, unit, what, Optional.empty(), List.of()));
    }

    /// Something about a unit that ended.
    public void ended(Event.Kind kind, UnitName unit, String what, Duration took) {
        write(of(kind, unit, what, Optional.of(took), List.of()));
    }

    /// A unit's step failed.
    public void failed(UnitName unit, String what, Duration took, List<String> evidence) {
        write(of(Event.Kind.FAILED, unit, what, Optional.of(took), evidence));
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Event of(
            Event.Kind kind,
            UnitName unit,
            String what,
            Optional<Duration> took,
            List<String> evidence) {
        var stage = Optional.ofNullable(graph.nodes().get(unit)).map(Graph.Node::stage);
        return new Event(
                clock.instant(), execution, kind, Optional.of(unit), stage, what, took, evidence);
    }

    private synchronized void write(Event event) {
        kept.event(event);
        shown.event(event);
    }
}
