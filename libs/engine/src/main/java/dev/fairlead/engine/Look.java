package dev.fairlead.engine;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.explain.Explainer;
import dev.fairlead.deploy.explain.Explanation;
import dev.fairlead.deploy.explain.Past;
import dev.fairlead.deploy.explain.Reports;
import dev.fairlead.deploy.explain.Scene;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Looks at an environment without touching it.
record Look(Located found, Means means) {
    /// How many of the newest events an explanation looks at.
    private static final int EVENTS = 5_000;

    private static final Duration LOOK_LASTS = Duration.ofMillis(1_300);

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
    ///
    /// @param obstacle what stands against applying the stack as it is now; asked only where else nothing would be said
    Explained explain(
            Request request, Optional<UnitName> unit, Supplier<Optional<Problem>> obstacle) {
        var events = events();
        var report = lookedAt(events);
        checkKnown(request.named(), report);
        var explainer = new Explainer(report);
        if (unit.isEmpty()) {
            var explained =
                    explainer.explainAll().stream()
                            .filter(one -> request.shows(one.unit()))
                            .toList();
            return new Explained(
                    report.of(request::shows),
                    unit,
                    explained,
                    explained.isEmpty() ? obstacle.get() : Optional.empty(),
                    found.places());
        }
        var name = unit.get();
        var past = new Past(events, means.clock().instant());
        if (!past.knows(name) && !found.leftOut().containsKey(name)) {
            checkKnown(List.of(name), report);
        }
        var there = explainer.explain(name);
        boolean due = found.places().containsKey(name) && !past.knows(name);
        var stands = there.isEmpty() && due ? obstacle.get() : Optional.<Problem>empty();
        var places = new TreeMap<>(found.places());
        stands.flatMap(Problem::place).ifPresent(place -> places.put(name, place));
        var explanation = there.orElseGet(() -> absent(name, past, stands));
        return new Explained(report, unit, List.of(explanation), stands, places);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Explanation absent(UnitName name, Past past, Optional<Problem> obstacle) {
        var leftOut = Optional.ofNullable(found.leftOut().get(name));
        if (leftOut.isPresent()) {
            return past.explain(
                    name,
                    new Cause(
                            CauseCode.NOT_STARTED,
                            "it has no part in %s: %s".formatted(found.ref(), leftOut.get()),
                            List.of("correct the unit, or choose another environment"),
                            List.of()));
        }
        return obstacle.map(problem -> past.explain(name, cause(problem)))
                .orElseGet(() -> past.explain(name, found.places().containsKey(name)));
    }

    private static Cause cause(Problem problem) {
        return new Cause(
                problem.code(),
                problem.what() + ", so the stack cannot be applied",
                List.of(problem.advice()),
                problem.evidence());
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
        return report(
                events,
                journal().read(),
                found.target().snapshot(found.ref()),
                Optional.<Cause>empty());
    }

    /// How it is at this moment, and not how it was when somebody looked last.
    private EnvironmentReport lookedAt(List<Event> events) {
        var stalled = found.target().look(found.ref(), LOOK_LASTS);
        return report(events, journal().read(), found.target().snapshot(found.ref()), stalled);
    }

    /// The same right after an execution of this process, from what that saw.
    EnvironmentReport afterExecution() {
        return report(
                List.of(),
                journal().recent(),
                found.target().recent(found.ref()),
                Optional.<Cause>empty());
    }

    private Optional<Scene.Stalled> stalled(EnvironmentRecord.Lease lease) {
        return journal()
                .stalled(lease)
                .map(why ->
                        new Cause(
                                CauseCode.STALLED,
                                "%s is at work here and %s"
                                        .formatted(lease.holder().description(), why),
                                List.of("or end it: the next command goes on from there"),
                                List.of()))
                .map(cause -> new Scene.Stalled(cause, false));
    }

    private Journal journal() {
        return new Journal(found.target().store(found.ref()), means.clock(), means.ticker());
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private EnvironmentReport report(
            List<Event> events,
            Optional<EnvironmentRecord> record,
            Snapshot snapshot,
            Optional<Cause> watcher) {
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
                        means.clock().instant(),
                        watcher.map(cause -> new Scene.Stalled(cause, true))
                                .or(() ->
                                        record.flatMap(EnvironmentRecord::lease)
                                                .flatMap(this::stalled)));
        return Reports.of(scene, found.notes());
    }
}
