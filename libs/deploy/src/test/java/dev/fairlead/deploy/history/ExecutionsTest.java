package dev.fairlead.deploy.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.Event.Fact;
import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.event.EventTree;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// The past, folded out of the events.
class ExecutionsTest {
    private static final Instant START = Instant.parse("2026-03-01T07:00:00Z");
    private static final UnitName DB = new UnitName("db");
    private static final UnitName CACHE = new UnitName("cache");
    private static final UnitName API = new UnitName("api");

    private final Executions executions = new Executions();

    @Test
    void theEventsTellWhoDidWhatForHowLongAndHowItEnded() {
        began("up-1");
        step(DB, 0, 1200, Kind.READY);
        step(API, 1300, 2000, Kind.FAILED);
        finished("up-1", 3400, Map.of(Fact.OUTCOME, "failed"));

        var report = executions.list(Optional.empty()).getFirst();

        assertThat(report.by()).isEqualTo("ada");
        assertThat(report.command()).isEqualTo("up");
        assertThat(report.planHash()).contains("9f2c");
        assertThat(report.took()).contains(Duration.ofMillis(3400));
        assertThat(report.outcome()).isEqualTo("failed");
        assertThat(report.units())
                .extracting(UnitTime::unit, UnitTime::end)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(DB, UnitTime.End.READY),
                        org.assertj.core.groups.Tuple.tuple(API, UnitTime.End.FAILED));
    }

    @Test
    void oneWithoutAnEndRunsOrWasKilled() {
        began("up-1");
        step(DB, 0, 1200, Kind.STARTED);
        began("up-2");

        var list = executions.list(Optional.of("up-2"));

        assertThat(list)
                .extracting(ExecutionReport::outcome)
                .containsExactly(ExecutionReport.KILLED, ExecutionReport.RUNNING);
        assertThat(list.getFirst().units().getFirst().end()).isEqualTo(UnitTime.End.OPEN);
    }

    @Test
    void whatWasNotTriedTookNoTime() {
        began("up-1");
        take(event("up-1", 10, Kind.FAILED, API, Optional.empty()));

        assertThat(executions.list(Optional.empty()).getFirst().units()).isEmpty();
    }

    @Test
    void factsSurviveTheFile() {
        var event =
                new Event(
                        START,
                        "up-1",
                        Kind.FINISHED,
                        Optional.empty(),
                        Optional.empty(),
                        "done: db",
                        Optional.of(Duration.ofMillis(5)),
                        List.of(),
                        facts(Map.of(Fact.OUTCOME, "ready", Fact.REVISION, "3")));

        assertThat(EventTree.read(EventTree.of(event))).isEqualTo(event);
    }

    @Test
    void theCriticalPathLeadsFromTheLastEndBackOverWhatEachBeganAfter() {
        began("up-1");
        step(DB, 0, 1000, Kind.READY);
        step(CACHE, 0, 400, Kind.READY);
        step(API, 1100, 2000, Kind.READY);
        var graph =
                new Graph(
                        new TreeMap<>(
                                Map.of(
                                        DB,
                                        node(Stage.STATEFUL),
                                        CACHE,
                                        node(Stage.STATEFUL),
                                        API,
                                        node(Stage.INTERNAL, CACHE, DB))));

        var path = CriticalPath.of(graph, executions.list(Optional.empty()).getFirst().units());

        assertThat(path.links())
                .containsExactly(
                        new CriticalPath.Link(DB, Duration.ofMillis(1000), Duration.ZERO),
                        new CriticalPath.Link(
                                API, Duration.ofMillis(2000), Duration.ofMillis(100)));
        assertThat(path.longest().orElseThrow().unit()).isEqualTo(API);
        assertThat(path.has(CACHE)).isFalse();
    }

    private static Graph.Node node(Stage stage, UnitName... waitsFor) {
        return new Graph.Node(stage, new TreeSet<>(List.of(waitsFor)), Duration.ZERO);
    }

    private void began(String execution) {
        take(
                new Event(
                        START,
                        execution,
                        Kind.PLANNED,
                        Optional.empty(),
                        Optional.empty(),
                        "2 to create",
                        Optional.empty(),
                        List.of(),
                        facts(Map.of(Fact.BY, "ada", Fact.COMMAND, "up", Fact.PLAN, "9f2c"))));
    }

    private void finished(String execution, long ms, Map<Fact, String> facts) {
        take(
                new Event(
                        START.plusMillis(ms),
                        execution,
                        Kind.FINISHED,
                        Optional.empty(),
                        Optional.empty(),
                        "failed: api",
                        Optional.of(Duration.ofMillis(ms)),
                        List.of(),
                        facts(facts)));
    }

    private void step(UnitName unit, long after, long took, Kind end) {
        take(event("up-1", after, Kind.STARTED, unit, Optional.empty()));
        if (end != Kind.STARTED) {
            take(event("up-1", after + took, end, unit, Optional.of(Duration.ofMillis(took))));
        }
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static Event event(
            String execution, long after, Kind kind, UnitName unit, Optional<Duration> took) {
        return new Event(
                START.plusMillis(after),
                execution,
                kind,
                Optional.of(unit),
                Optional.of(Stage.INTERNAL),
                "said",
                took);
    }

    private static SortedMap<Fact, String> facts(Map<Fact, String> facts) {
        return new TreeMap<>(facts);
    }

    private void take(Event event) {
        executions.take(event);
    }
}
