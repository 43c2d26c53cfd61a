package dev.fairlead.deploy.journal;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.journal.EnvironmentRecord.Entry;
import dev.fairlead.deploy.journal.EnvironmentRecord.Execution;
import dev.fairlead.deploy.journal.EnvironmentRecord.Lease;
import dev.fairlead.deploy.journal.EnvironmentRecord.Result;
import dev.fairlead.deploy.journal.Observation.Verdict;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/// Decides whose turn it is, over a {@link Store}. One write acquires the lease and records the intent, one records the
/// results and releases it.
public final class Journal {
    private static final Duration POLL = Duration.ofMillis(100);

    /// How long a live holder has to end after it was asked to, when no other time is given.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int ATTEMPTS = 50;

    private final Store store;
    private final Clock clock;
    private final Ticker ticker;

    public Journal(Store store, Clock clock, Ticker ticker) {
        this.store = store;
        this.clock = clock;
        this.ticker = ticker;
    }

    /// The record as it is now.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when it cannot be read
    public Optional<EnvironmentRecord> read() {
        return store.read().map(Journal::record);
    }

    /// The same as this process saw it last, which is enough right after its own execution.
    public Optional<EnvironmentRecord> recent() {
        return store.recent().map(Journal::record);
    }

    private static EnvironmentRecord record(Store.Versioned versioned) {
        return RecordTree.read(versioned.record());
    }

    private static EnvironmentRecord blank(Intent intent) {
        return EnvironmentRecord.blank(intent.ref(), intent.target());
    }

    /// Whether the holder of a lease may still be at work: where only its heartbeat tells, one look tells nothing.
    public boolean alive(Lease lease) {
        return store.alive(lease.holder());
    }

    /// Why the holder of a lease does not go on although it lives, as {@link Store#stalled}.
    public Optional<String> stalled(Lease lease) {
        return store.stalled(lease.holder());
    }

    private Store.Holder asSeen(Lease lease) {
        var holder = lease.holder();
        return stalled(lease)
                .map(why ->
                        new Store.Holder(
                                holder.identity(), holder.description() + ", which " + why + ","))
                .orElse(holder);
    }

    /// The answer to a wish for the lease.
    public sealed interface Acquired {
        /// It is ours.
        ///
        /// @param before the execution of a dead holder that this one resumes or supersedes
        record Held(Tenure tenure, Optional<Before> before) implements Acquired {}

        /// The wait for it was cancelled.
        record GivenUp() implements Acquired {}

        /// It is somebody else's, who is alive.
        record Busy(Store.Holder holder, String execution) implements Acquired {}
    }

    /// An execution whose holder died.
    ///
    /// @param resumed the same is wanted now: its work goes on; otherwise it is superseded
    public record Before(String execution, boolean resumed) {
        /// For people, without a full stop.
        public String sentence() {
            return resumed
                    ? "goes on with " + execution + ", which was killed"
                    : "supersedes " + execution + ", which was killed";
        }
    }

    /// Takes the lease and writes the intent, or says who has it.
    ///
    /// @param cancellation ends the waiting for another holder
    public Acquired acquire(Intent intent, Turn turn, Cancellation cancellation)
            throws InterruptedException {
        var limit = turn.patience().orElse(turn.supersede() ? PATIENCE : Duration.ZERO);
        var deadline = Deadline.in(limit, ticker);
        var observation = new Observation(store, ticker);
        // What the plan saw is enough where nobody has the lease: whoever came since makes the
        // write fail.
        var found = store.recent();
        if (found.map(Journal::record).flatMap(EnvironmentRecord::lease).isPresent()) {
            found = store.read();
        }
        for (int lost = 0; lost < ATTEMPTS; found = store.read()) {
            var record = found.map(Journal::record).orElseGet(() -> blank(intent));
            long version = found.map(Store.Versioned::version).orElse(0L);
            var lease = record.lease();
            var verdict =
                    lease.map(held -> observation.of(held, record.token())).orElse(Verdict.DEAD);
            if (lease.isPresent() && verdict != Verdict.DEAD) {
                if (turn.supersede() && record.supersede().isEmpty()) {
                    store.compareAndSet(version, RecordTree.of(asked(record)));
                }
                if (cancellation.requested()) {
                    return new Acquired.GivenUp();
                }
                // Nobody is refused by a holder that was not seen at work.
                if (verdict == Verdict.ALIVE && deadline.passed()) {
                    return new Acquired.Busy(asSeen(lease.get()), lease.get().execution());
                }
                ticker.pause(verdict == Verdict.OPEN ? POLL : deadline.slice(POLL));
                continue;
            }
            var next = begun(record, intent);
            long began = ticker.nanos();
            if (store.compareAndSet(version, RecordTree.of(next))) {
                var tenure = new Tenure(store, clock, ticker, next, began);
                return new Acquired.Held(tenure, before(record, intent));
            }
            lost++;
        }
        throw contended(intent);
    }

    private static ProblemException contended(Intent intent) {
        return Problem.error(
                        DeployCode.RECORD_CONTENDED,
                        "the lease of "
                                + intent.ref()
                                + " was lost "
                                + ATTEMPTS
                                + " times in a row")
                .withHint(DeployCode.RECORD_CONTENDED.remedy())
                .thrown();
    }

    private EnvironmentRecord asked(EnvironmentRecord record) {
        return new EnvironmentRecord(
                record.ref(),
                record.target(),
                record.token(),
                record.lease(),
                Optional.of(store.self().description()),
                record.execution(),
                record.graph(),
                record.units(),
                record.revision());
    }

    private EnvironmentRecord begun(EnvironmentRecord record, Intent intent) {
        long token = record.token() + 1;
        var id = intent.command() + "-" + token;
        return intended(
                new EnvironmentRecord(
                        intent.ref(),
                        intent.target(),
                        token,
                        Optional.of(new Lease(store.self(), id, 0)),
                        Optional.empty(),
                        Optional.of(
                                new Execution(
                                        id,
                                        intent.command(),
                                        intent.planHash(),
                                        intent.inputHash(),
                                        clock.instant(),
                                        Optional.empty(),
                                        Optional.empty())),
                        record.graph(),
                        record.units(),
                        record.revision()),
                intent,
                clock);
    }

    /// The record with an intent in it, its lease as it is.
    static EnvironmentRecord intended(EnvironmentRecord record, Intent intent, Clock clock) {
        var units = new TreeMap<>(record.units());
        var now = clock.instant();
        intent.starting()
                .forEach(
                        unit -> units.put(unit, new Entry(Result.INTENDED, Optional.empty(), now)));
        intent.removing()
                .forEach(
                        unit -> units.put(unit, new Entry(Result.REMOVING, Optional.empty(), now)));
        return new EnvironmentRecord(
                record.ref(),
                record.target(),
                record.token(),
                record.lease(),
                record.supersede(),
                record.execution()
                        .map(execution ->
                                new Execution(
                                        execution.id(),
                                        execution.command(),
                                        intent.planHash(),
                                        intent.inputHash(),
                                        execution.started(),
                                        Optional.empty(),
                                        Optional.empty())),
                intent.graph().and(record.graph()),
                units,
                record.revision());
    }

    private static Optional<Before> before(EnvironmentRecord record, Intent intent) {
        return record.lease()
                .map(lease ->
                        new Before(
                                lease.execution(),
                                record.execution()
                                        .filter(execution ->
                                                execution.planHash().equals(intent.planHash())
                                                        || execution
                                                                .inputHash()
                                                                .equals(intent.inputHash()))
                                        .isPresent()));
    }
}
