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
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// The time in which an execution holds the lease. Its heartbeat, where it has one, comes from another thread.
public final class Tenure implements Permit {
    private static final int ATTEMPTS = 50;

    /// How old the answer to {@link #supersededBy} may be: the record grows with the environment, so it is not read at
    /// every step.
    private static final Duration FRESH = Duration.ofMillis(250);

    /// The same where each look is a request to a server.
    private static final Duration REMOTE = Duration.ofSeconds(1);

    private final Store store;
    private final Clock clock;
    private final Ticker ticker;
    private final long token;
    private final String execution;
    private EnvironmentRecord record;
    private Deadline fresh;
    private Optional<String> superseded = Optional.empty();
    private boolean lost;
    private Beat last;

    /// When the last write that kept the lease began.
    ///
    /// @param nanos by the monotonic time, which decides
    /// @param wall by the clock on the wall, which only raises a suspicion
    private record Beat(long nanos, Instant wall) {}

    /// @param began when the write that acquired the lease began
    Tenure(Store store, Clock clock, Ticker ticker, EnvironmentRecord record, long began) {
        this.store = store;
        this.clock = clock;
        this.ticker = ticker;
        this.token = record.token();
        this.execution = record.execution().map(Execution::id).orElse("-");
        this.record = record;
        this.fresh = fresh();
        this.last = new Beat(began, clock.instant());
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
    public synchronized EnvironmentRecord record() {
        return record;
    }

    private Deadline fresh() {
        return Deadline.in(store.heartbeat().isPresent() ? REMOTE : FRESH, ticker);
    }

    /// Who took over or asks this execution to end; may be a quarter of a second old, one where the record is on a server.
    public synchronized Optional<String> supersededBy() {
        if (superseded.isEmpty() && fresh.passed()) {
            fresh = fresh();
            var now = store.read().map(versioned -> RecordTree.read(versioned.record()));
            superseded =
                    now.filter(other -> other.token() != token)
                            .map(this::lostTo)
                            .or(() -> now.flatMap(EnvironmentRecord::supersede));
        }
        return superseded;
    }

    /// Begins to renew the lease, where its store wants a heartbeat.
    ///
    /// @return ends it
    public Runnable beating(Pulse pulse) {
        return store.heartbeat()
                .map(heartbeat -> pulse.start(heartbeat.every(), this::beat))
                .orElse(() -> {});
    }

    /// Whether a request to the target is covered by the lease.
    public boolean covers() {
        return covers(store.heartbeat().map(Heartbeat::request).orElse(Duration.ZERO));
    }

    @Override
    public synchronized boolean covers(Duration request) {
        var heartbeat = store.heartbeat();
        if (heartbeat.isEmpty() || lost) {
            return !lost; // the target refuses an old token itself
        }
        if (due(heartbeat.get())) {
            beat();
        }
        return !lost && unseen().plus(request).compareTo(heartbeat.get().lapse()) < 0;
    }

    /// Whether the beat is late. A machine that slept does not know how long by its monotonic time; then the clock on the
    /// wall is ahead of it, and whether the lease is still ours is asked of the record.
    private boolean due(Heartbeat heartbeat) {
        var slept = Duration.between(last.wall(), clock.instant()).minus(unseen());
        return unseen().compareTo(heartbeat.every()) > 0 || slept.compareTo(heartbeat.every()) > 0;
    }

    private Duration unseen() {
        return Duration.ofNanos(ticker.nanos() - last.nanos());
    }

    /// @return whether it was heard
    private boolean beat() {
        try {
            return update(current -> current);
        } catch (RuntimeException e) {
            return false; // the target does not answer: the lease runs out, unless the next one is
            // heard
        }
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
    private synchronized boolean update(UnaryOperator<EnvironmentRecord> change) {
        for (int i = 0; i < ATTEMPTS; i++) {
            var begun = new Beat(ticker.nanos(), clock.instant());
            var found = i == 0 ? store.recent() : store.read();
            if (found.isEmpty()) {
                lost = true;
                return false;
            }
            var current = RecordTree.read(found.get().record());
            if (current.token() != token || current.lease().isEmpty()) {
                superseded = Optional.of(lostTo(current));
                return false;
            }
            var next = beaten(change.apply(current));
            if (store.compareAndSet(found.get().version(), RecordTree.of(next))) {
                record = next;
                last = begun;
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

    private EnvironmentRecord beaten(EnvironmentRecord next) {
        return store.heartbeat().isEmpty()
                ? next
                : next.lease().map(lease -> next.with(lease.beaten())).orElse(next);
    }

    private String lostTo(EnvironmentRecord record) {
        lost = true;
        return record.lease()
                .map(lease -> lease.holder().description())
                .or(() -> record.execution().map(Execution::id))
                .orElse("another execution");
    }
}
