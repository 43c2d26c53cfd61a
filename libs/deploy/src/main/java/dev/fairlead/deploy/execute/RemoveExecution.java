package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Removes units, those that others wait for last.
final class RemoveExecution extends Execution {
    private static final int PARALLELISM = 8;

    private final Factory what;

    /// What it will do, once it has the lease.
    ///
    /// @param keep how many revisions are kept, when this makes one: only where some units stay
    record Factory(
            Target target,
            Means means,
            EnvironmentRef ref,
            Removal.Leaving leaving,
            Optional<Integer> keep)
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
        began(what.leaving().sentence());
        try (var session = what.target().open(what.ref(), tenure)) {
            return take(remove(this, session, what.leaving()))
                    .orElseGet(() -> new Outcome.Ready(what.leaving().applied()));
        }
    }

    @Override
    Optional<Place> place(UnitName unit) {
        return Optional.empty(); // removing needs no stack
    }

    @Override
    Optional<Long> keep() {
        return what.keep()
                .map(most ->
                        new KeptRevision(what.target(), means.clock(), store, tenure)
                                .keepTheRest(most));
    }

    static StepRunner.Result remove(Execution execution, Session session, Removal.Leaving leaving) {
        var recorded = execution.tenure.record().graph();
        var strangers = new TreeMap<UnitName, Graph.Node>();
        for (var unit : leaving.units()) {
            if (!recorded.nodes().containsKey(unit)) {
                strangers.put(unit, new Graph.Node(Stage.INTERNAL, new TreeSet<>(), Removal.LIMIT));
            }
        }
        var graph = recorded.and(new Graph(strangers)).across(leaving.units()).reversed();
        var steps = new Steps(graph, leaving.units(), PARALLELISM, "removed");
        var work = new Removal(session, execution.tenure.token(), leaving);
        var listener = new StepEvents(execution.log, execution.means.ticker(), work.words());
        var result = execution.runner(steps, work, listener).run();
        if (!leaving.sleeping()) {
            execution.removed.addAll(result.done());
        }
        return result;
    }
}
