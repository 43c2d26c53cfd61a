package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.execute.Steps.Ended;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Session.Answer;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Removes units, those that others wait for last.
final class RemoveExecution extends Execution {
    /// How long the end of a unit may take: its grace and the KILL after it are the target's.
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final int PARALLELISM = 8;

    private final Factory what;

    /// What it will do, once it has the lease.
    record Factory(
            Target target,
            Means means,
            EnvironmentRef ref,
            SortedSet<UnitName> units,
            boolean withData)
            implements Execution.Factory {
        @Override
        public Execution execution(Site site) {
            return new RemoveExecution(this, site);
        }
    }

    private RemoveExecution(Factory what, Site site) {
        super(site);
        this.what = what;
    }

    @Override
    Outcome perform() {
        log.say(Kind.PLANNED, "removes " + what.units().size() + " units");
        try (var session = what.target().open(what.ref())) {
            return take(remove(this, session, what.units(), what.withData()))
                    .orElseGet(() -> new Outcome.Ready(removed));
        }
    }

    @Override
    Optional<Place> place(UnitName unit) {
        return Optional.empty(); // removing needs no stack
    }

    @Override
    Optional<Long> keep() {
        return Optional.empty();
    }

    private static boolean migrates(UnitName unit, Graph graph) {
        var node = graph.nodes().get(unit);
        return node != null && node.stage() == Stage.MIGRATIONS;
    }

    static StepRunner.Result remove(
            Execution execution, Session session, SortedSet<UnitName> units, boolean withData) {
        var recorded = execution.tenure.record().graph();
        var strangers = new TreeMap<UnitName, Graph.Node>();
        for (var unit : units) {
            if (!recorded.nodes().containsKey(unit)) {
                strangers.put(unit, new Graph.Node(Stage.INTERNAL, new TreeSet<>(), LIMIT));
            }
        }
        var graph = recorded.and(new Graph(strangers)).within(units).reversed();
        var steps = new Steps(graph, units, PARALLELISM, "removed");
        var work =
                new Steps.Work() {
                    @Override
                    public Ended run(UnitName unit, Consumer<String> progress) {
                        return switch (session.remove(unit, execution.tenure.token(), withData)) {
                            case Answer.Accepted _ -> new Ended.Done();
                            case Answer.Fenced _ -> new Ended.Fenced();
                            case Answer.Failed(var cause) -> new Ended.Failed(cause, false);
                        };
                    }

                    @Override
                    public Duration limit(UnitName unit) {
                        return LIMIT;
                    }
                };
        var listener =
                new StepEvents(
                        execution.log,
                        execution.means.ticker(),
                        unit ->
                                migrates(unit, graph)
                                        ? "is forgotten; its database stays as it is"
                                        : "is removed",
                        Kind.STOPPED,
                        withData ? "removed with its data" : "removed");
        var result = execution.runner(steps, work, listener).run();
        execution.removed.addAll(result.done());
        return result;
    }
}
