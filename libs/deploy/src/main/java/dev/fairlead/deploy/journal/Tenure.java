package dev.fairlead.deploy.journal;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.journal.EnvironmentRecord.Entry;
import dev.fairlead.deploy.journal.EnvironmentRecord.Execution;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// The time in which an execution holds the lease. Used by one thread.
public final class Tenure {
    private static final int ATTEMPTS = 50;

    /// How old the answer to {@link #supersededBy} may be: the record grows with the environment, so it is not read at
    /// every step.
    private static final Duration FRESH = Duration.ofMillis(250);

    private final Store store;
    private final Clock clock;
    private final Ticker ticker;
    private final long token;
    private final String execution;
    private EnvironmentRecord record;
    private Deadline fresh;
    private Optional<String> superseded = Optional.empty();

    Tenure(Store store, Clock clock, Ticker ticker, EnvironmentRecord record) {
        this.store = store;
        this.clock = clock;
        this.ticker = ticker;
        this.token = record.token();
        this.execution = record.execution().map(Execution::id).orElse("-");
        this.record = record;
        this.fresh = Deadline.in(FRESH, ticker);
    }

    /// The fencing token of every change that this execution asks for.
    public long token() {
        return token;
    }

    /// The execution's name: `up-12`.
    public String execution() {
        return execution;
    }

    /// The record as this execution last saw it.
    public EnvironmentRecord record() {
        return record;
    }

    /// Who took over or asks this execution to end; may be a quarter of a second old.
    public Optional<String> supersededBy() {
        if (superseded.isEmpty() && fresh.passed()) {
            fresh = Deadline.in(FRESH, ticker);
            var now = store.read().map(versioned -> RecordTree.read(versioned.record()));
            superseded =
                    now.filter(other -> other.token() != token)
                            .map(Tenure::holderOf)
                            .or(() -> now.flatMap(EnvironmentRecord::supersede));
        }
        return superseded;
    }

    /// Writes another intent, when planning again showed that something else is to be done.
    ///
    /// @return whether the lease is still ours
    public boolean intend(Intent intent) {
        return update(current -> Journal.intended(current, intent, clock));
    }

    /// Records how it ended and gives the lease back.
    ///
    /// @param entries results by unit
    /// @param removed units of which nothing is left
    /// @param revision the newest kept revision, when this execution made one
    /// @return whether the lease was still ours
    public boolean finish(
            String outcome,
            SortedMap<UnitName, Entry> entries,
            SortedSet<UnitName> removed,
            Optional<Long> revision) {
        return update(current -> {
            var units = new TreeMap<>(current.units());
            units.putAll(entries);
            units.keySet().removeAll(removed);
            var left = new TreeSet<>(current.graph().nodes().keySet());
            left.removeAll(removed);
            return new EnvironmentRecord(
                    current.ref(),
                    current.target(),
                    current.token(),
                    Optional.empty(),
                    Optional.empty(),
                    current.execution().map(running -> ended(running, outcome)),
                    removed.isEmpty() ? current.graph() : current.graph().within(left),
                    units,
                    revision.orElse(current.revision()));
        });
    }

    private Execution ended(Execution running, String outcome) {
        return new Execution(
                running.id(),
                running.command(),
                running.planHash(),
                running.inputHash(),
                running.started(),
                Optional.of(clock.instant()),
                Optional.of(outcome));
    }

    // Somebody may write at the same time (a request to supersede): read again and try again, as
    // long as the token is ours.
    private boolean update(UnaryOperator<EnvironmentRecord> change) {
        for (int i = 0; i < ATTEMPTS; i++) {
            var found = store.read();
            if (found.isEmpty()) {
                return false;
            }
            var current = RecordTree.read(found.get().record());
            if (current.token() != token || current.lease().isEmpty()) {
                superseded = Optional.of(holderOf(current));
                return false;
            }
            var next = change.apply(current);
            if (store.compareAndSet(found.get().version(), RecordTree.of(next))) {
                record = next;
                return true;
            }
        }
        throw Problem.error(
                        DeployCode.RECORD_CONTENDED,
                        "the record of "
                                + record.ref()
                                + " changed "
                                + ATTEMPTS
                                + " times while it was written")
                .withHint(DeployCode.RECORD_CONTENDED.remedy())
                .thrown();
    }

    private static String holderOf(EnvironmentRecord record) {
        return record.lease()
                .map(lease -> lease.holder().description())
                .or(() -> record.execution().map(Execution::id))
                .orElse("another execution");
    }
}
