package dev.fairlead.engine;

import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What `--only` and `--skip` mean where units are not started: who is taken down takes those along that wait for it, and
/// who stays keeps those that it waits for; who only looks looks at exactly the named ones.
record Parts(Request request) {
    /// The units that are taken down; empty for all.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when one of the named units is not there
    Optional<SortedSet<UnitName>> leaving(Located found, Means means) {
        if (request.only().isEmpty() && request.skip().isEmpty()) {
            return Optional.empty();
        }
        var graph =
                new Journal(found.target().store(found.ref()), means.clock(), means.ticker())
                        .read()
                        .map(EnvironmentRecord::graph)
                        .orElse(Graph.EMPTY);
        var known = new TreeSet<>(graph.nodes().keySet());
        known.addAll(found.target().snapshot(found.ref()).units().keySet());
        check(known);
        var leaving =
                request.only().isEmpty()
                        ? new TreeSet<>(known)
                        : new TreeSet<>(graph.reversed().closure(request.only()));
        leaving.addAll(request.only());
        leaving.removeAll(graph.closure(request.skip()));
        leaving.removeAll(request.skip());
        return Optional.of(leaving);
    }

    /// Whether a unit is looked at.
    boolean shows(UnitName unit) {
        return (request.only().isEmpty() || request.only().contains(unit))
                && !request.skip().contains(unit);
    }

    /// @throws dev.fairlead.diagnostic.ProblemException when one of the named units is not there
    void check(Collection<UnitName> known) {
        var problems = new Problems();
        Pipeline.checkKnown(request.only(), known, problems);
        Pipeline.checkKnown(request.skip(), known, problems);
        problems.throwIfErrors();
    }
}
