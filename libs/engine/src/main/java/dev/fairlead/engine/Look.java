package dev.fairlead.engine;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.explain.Reports;
import dev.fairlead.deploy.explain.Scene;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeMap;

/// Looks at an environment without touching it.
record Look(Located found, Means means) {
    /// How many of the newest events an explanation looks at.
    private static final int EVENTS = 5_000;

    EnvironmentReport report() {
        return report(List.of());
    }

    EnvironmentReport reportWithEvents() {
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
        return report(List.copyOf(newest));
    }

    private EnvironmentReport report(List<Event> events) {
        var target = found.target();
        var journal = new Journal(target.store(found.ref()), means.clock(), means.ticker());
        var record = journal.read();
        var statuses = new TreeMap<UnitName, UnitStatus>();
        target.snapshot(found.ref())
                .units()
                .forEach((unit, applied) -> statuses.put(unit, applied.status()));
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
