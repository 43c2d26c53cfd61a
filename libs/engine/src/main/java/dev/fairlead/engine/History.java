package dev.fairlead.engine;

import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.history.CriticalPath;
import dev.fairlead.deploy.history.ExecutionReport;
import dev.fairlead.deploy.history.Executions;
import dev.fairlead.deploy.history.UnitTime;
import dev.fairlead.deploy.history.UnitTime.End;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.engine.life.GraphReport;
import dev.fairlead.engine.life.HistoryReport;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads what happened to an environment.
record History(Request request, Located found, Means means) {
    HistoryReport history() {
        var journal = journal();
        var record = journal.read();
        var executions = new Executions();
        try {
            found.target()
                    .store(found.ref())
                    .events(
                            false,
                            event -> {
                                executions.take(event);
                                return true;
                            });
        } catch (InterruptedException e) {
            Thread.currentThread()
                    .interrupt(); // what was read so far will do; the caller sees the interrupt
        }
        var running =
                record.flatMap(EnvironmentRecord::lease)
                        .filter(journal::alive)
                        .map(EnvironmentRecord.Lease::execution);
        return new HistoryReport(
                found.ref(),
                record.map(EnvironmentRecord::revision).orElse(0L),
                found.target().store(found.ref()).revisions(),
                executions.list(running));
    }

    private Journal journal() {
        return new Journal(found.target().store(found.ref()), means.clock(), means.ticker());
    }

    GraphReport graph(Parts parts, Rooms rooms) {
        var whole = wholeGraph(rooms);
        parts.check(whole.nodes().keySet());
        var graph = whole.within(whole.nodes().keySet().stream().filter(parts::shows).toList());
        var executions = history().executions();
        var last = executions.reversed().stream().filter(History::started).findFirst();
        var times = new TreeMap<UnitName, UnitTime>();
        executions.forEach(one -> started(one, graph, times));
        return new GraphReport(
                found.ref(),
                graph,
                last,
                times,
                last.map(run -> CriticalPath.of(whole, run.units()))
                        .orElseGet(() -> CriticalPath.of(Graph.EMPTY, java.util.List.of())));
    }

    private static boolean started(ExecutionReport execution) {
        return execution.units().stream()
                .anyMatch(time -> time.end() == End.READY || time.end() == End.FAILED);
    }

    private static void started(
            ExecutionReport execution, Graph graph, SortedMap<UnitName, UnitTime> times) {
        execution.units().stream()
                .filter(time -> time.end() == End.READY || time.end() == End.FAILED)
                .filter(time -> graph.nodes().containsKey(time.unit()))
                .forEach(time -> times.put(time.unit(), time));
    }

    private Graph wholeGraph(Rooms rooms) {
        try {
            var outline = rooms.load(request).outline(request.choice());
            var nodes = new TreeMap<UnitName, Graph.Node>();
            outline.units()
                    .forEach((name, part) ->
                            nodes.put(
                                    name,
                                    new Graph.Node(part.stage(), part.waitsFor(), Duration.ZERO)));
            return Graph.of(nodes);
        } catch (ProblemException e) {
            return Optional.of(journal())
                    .flatMap(Journal::read)
                    .map(EnvironmentRecord::graph)
                    .orElse(Graph.EMPTY);
        }
    }
}
