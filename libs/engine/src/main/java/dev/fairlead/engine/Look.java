package dev.fairlead.engine;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.explain.Explainer;
import dev.fairlead.deploy.explain.Past;
import dev.fairlead.deploy.explain.Reports;
import dev.fairlead.deploy.explain.Scene;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Looks at an environment without touching it.
record Look(Located found, Means means) {
    /// How many of the newest events an explanation looks at.
    private static final int EVENTS = 5_000;

    EnvironmentReport report() {
        return report(List.of());
    }

    /// Of the units that are asked for.
    EnvironmentReport report(Request request) {
        var report = report();
        checkKnown(request.named(), report);
        return report.of(request::shows);
    }

    /// The units whose output is asked for; empty for all.
    List<UnitName> wanted(Request request, List<UnitName> units) {
        checkKnown(units);
        if (!units.isEmpty() || request.named().isEmpty()) {
            return units;
        }
        return report(request).units().stream().map(UnitReport::name).toList();
    }

    /// Why a unit, or everything that is not ready, is not ready. A unit may be asked after when the environment has it,
    /// when the stack has it, and when something is left of it.
    Explained explain(Request request, Optional<UnitName> unit) {
        var events = events();
        var report = report(events);
        checkKnown(request.named(), report);
        var explainer = new Explainer(report);
        if (unit.isEmpty()) {
            var explained =
                    explainer.explainAll().stream()
                            .filter(one -> request.shows(one.unit()))
                            .toList();
            return new Explained(report.of(request::shows), unit, explained, found.places());
        }
        var name = unit.get();
        var past = new Past(events, means.clock().instant());
        if (!past.knows(name)) {
            checkKnown(List.of(name), report);
        }
        var explanation =
                explainer
                        .explain(name)
                        .orElseGet(() -> past.explain(name, found.places().containsKey(name)));
        return new Explained(report, unit, List.of(explanation), found.places());
    }

    /// @throws dev.fairlead.diagnostic.ProblemException when one of the units was never heard of here
    void checkKnown(Collection<UnitName> units) {
        checkKnown(units, report());
    }

    private void checkKnown(Collection<UnitName> units, EnvironmentReport report) {
        if (units.isEmpty()) {
            return;
        }
        var known = new TreeSet<>(found.places().keySet());
        report.units().forEach(unit -> known.add(unit.name()));
        known.addAll(found.target().remembered(found.ref()));
        var problems = new Problems();
        Pipeline.checkKnown(units, known, problems);
        problems.throwIfErrors();
    }

    private List<Event> events() {
        var newest = new ArrayDeque<Event>();
        try {
            found.target()
                    .store(found.ref())
                    .events(
                            false,
                            event -> {
                                newest.add(event);
                                if (newest.size() > EVENTS) {
                                    newest.remove();
                                }
                                return true;
                            });
        } catch (InterruptedException e) {
            Thread.currentThread()
                    .interrupt(); // what was read so far will do; the caller sees the interrupt
        }
        return List.copyOf(newest);
    }

    private EnvironmentReport report(List<Event> events) {
        return report(events, journal().read(), found.target().snapshot(found.ref()));
    }

    /// The same right after an execution of this process, from what that saw.
    EnvironmentReport afterExecution() {
        return report(List.of(), journal().recent(), found.target().recent(found.ref()));
    }

    private Journal journal() {
        return new Journal(found.target().store(found.ref()), means.clock(), means.ticker());
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private EnvironmentReport report(
            List<Event> events, Optional<EnvironmentRecord> record, Snapshot snapshot) {
        var target = found.target();
        var journal = journal();
        var statuses = new TreeMap<UnitName, UnitStatus>();
        snapshot.units().forEach((unit, applied) -> statuses.put(unit, applied.status()));
        boolean alive = record.flatMap(EnvironmentRecord::lease).map(journal::alive).orElse(false);
        var scene =
                new Scene(
                        found.ref(),
                        target.kind(),
                        record,
                        alive,
                        statuses,
                        events,
                        means.clock().instant());
        return Reports.of(scene, found.notes());
    }
}
