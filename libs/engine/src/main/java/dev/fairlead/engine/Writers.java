package dev.fairlead.engine;

import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.target.Snapshot.Applied;
import dev.fairlead.deploy.target.Target.LogConsumer;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.List;

/// Ends the following of output when nothing is left that can write: no unit runs or comes back by itself, and no command
/// is at work that could start one.
final class Writers implements LogConsumer {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Located found;
    private final Means means;
    private final List<UnitName> units;
    private final LogConsumer consumer;
    private Deadline next;
    private boolean left = true;

    /// @param units that are followed; empty for all
    Writers(Located found, Means means, List<UnitName> units, LogConsumer consumer) {
        this.found = found;
        this.means = means;
        this.units = units;
        this.consumer = consumer;
        this.next = Deadline.in(Duration.ZERO, means.ticker());
    }

    @Override
    public boolean line(UnitName unit, String line) {
        return consumer.line(unit, line);
    }

    @Override
    public boolean waits() {
        if (next.passed()) {
            left = atWork() || writes();
            next = Deadline.in(LOOK, means.ticker());
        }
        return left && consumer.waits();
    }

    /// Whether anything was left that can write when that was last looked at.
    boolean left() {
        return left;
    }

    private boolean atWork() {
        var store = found.target().store(found.ref());
        var journal = new Journal(store, means.clock(), means.ticker());
        return journal.read().flatMap(EnvironmentRecord::lease).filter(journal::alive).isPresent();
    }

    private boolean writes() {
        return found.target().snapshot(found.ref()).units().entrySet().stream()
                .filter(unit -> units.isEmpty() || units.contains(unit.getKey()))
                .map(unit -> unit.getValue())
                .map(Applied::status)
                .anyMatch(this::writes);
    }

    private boolean writes(UnitStatus status) {
        return switch (status.state()) {
            case PENDING, STARTING, DEGRADED -> true;
            // A task that is done has neither a process nor an address.
            case READY ->
                    found.target().kind() == TargetKind.KUBERNETES
                            || status.pid().isPresent()
                            || !status.ports().isEmpty();
            // An edit starts it again, as long as somebody watches the files.
            case FAILED -> status.reload().isPresent();
            case STOPPED, SLEEPING -> false;
        };
    }
}
