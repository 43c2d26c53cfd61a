package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.Event.Fact;
import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.event.EventLog;
import dev.fairlead.deploy.event.EventSink;
import dev.fairlead.deploy.execute.Outcome.Trouble;
import dev.fairlead.deploy.journal.EnvironmentRecord.Entry;
import dev.fairlead.deploy.journal.EnvironmentRecord.Result;
import dev.fairlead.deploy.journal.Journal.Before;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.deploy.journal.Tenure;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.diagnostic.time.SteadyClock;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One execution, from the lease that it was given to the result that it records.
abstract class Execution {
    /// Makes the execution once there is a lease for it.
    interface Factory {
        Execution execution(Site site);
    }

    /// Where it works and what it was to do.
    record Site(
            Means means, Store store, Tenure tenure, Cancellation cancellation, EventSink sink) {}

    final Means means;
    final Store store;
    final Tenure tenure;
    final EventLog log;
    private final Cancellation cancellation;
    final SortedMap<UnitName, Entry> entries = new TreeMap<>();
    final SortedSet<UnitName> done = new TreeSet<>();
    final SortedSet<UnitName> removed = new TreeSet<>();
    final SortedMap<UnitName, String> notTried = new TreeMap<>();
    final List<Trouble> troubles = new ArrayList<>();
    private final long begun;
    private boolean certain;

    Execution(Site site) {
        this.means = site.means();
        this.store = site.store();
        this.tenure = site.tenure();
        this.cancellation = site.cancellation();
        this.begun = means.ticker().nanos();
        this.log =
                new EventLog(
                        new SteadyClock(means.clock(), means.ticker()),
                        tenure.execution(),
                        tenure.record().graph(),
                        store::append,
                        site.sink());
    }

    /// What it does while it holds the lease.
    abstract Outcome perform();

    /// What is told at the end.
    String ending(Outcome last) {
        return last.sentence();
    }

    /// Where the stack declares a unit, when there is a stack behind this execution.
    abstract Optional<Place> place(UnitName unit);

    /// Keeps what a good end is to leave behind; answers with the number of a new revision.
    abstract Optional<Long> keep();

    /// Runs it and gives the lease back whatever happens.
    final Outcome run(Optional<Before> before) {
        try {
            before.ifPresent(found -> log.say(Kind.PROGRESS, found.sentence()));
            var outcome = perform();
            Optional<Long> revision =
                    outcome instanceof Outcome.Ready && tenure.covers() ? keep() : Optional.empty();
            // Told first: a store that writes events with the record takes this one along.
            finished(ending(outcome), outcome.word(), revision);
            if (tenure.finish(outcome.word(), entries, removed, revision)) {
                return outcome;
            }
            var last = superseded();
            finished(ending(last), last.word(), Optional.empty());
            return last;
        } catch (RuntimeException failure) {
            giveBack(failure);
            throw failure;
        }
    }

    // The target or the disk failed as a whole. If even giving the lease back fails, it is free
    // when this process ends.
    private void giveBack(RuntimeException failure) {
        try {
            tenure.finish("failed", entries, removed, Optional.empty());
            finished("failed: " + failure.getMessage(), "failed", Optional.empty());
        } catch (RuntimeException again) {
            failure.addSuppressed(again);
        }
    }

    /// Tells that it begins, by whom and with which plan.
    final void began(String what) {
        var facts = new TreeMap<Event.Fact, String>();
        var record = tenure.record();
        record.lease().ifPresent(lease -> facts.put(Fact.BY, lease.holder().description()));
        record.execution()
                .ifPresent(execution -> {
                    facts.put(Fact.COMMAND, execution.command());
                    facts.put(Fact.PLAN, execution.planHash());
                });
        log.began(what, facts);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private void finished(String what, String outcome, Optional<Long> revision) {
        var facts = new TreeMap<Event.Fact, String>();
        facts.put(Fact.OUTCOME, outcome);
        revision.ifPresent(number -> facts.put(Fact.REVISION, number.toString()));
        log.finished(what, Duration.ofNanos(means.ticker().nanos() - begun), facts);
    }

    final Outcome superseded() {
        return new Outcome.Superseded(tenure.supersededBy().orElse("another execution"));
    }

    /// Takes what a run of steps gave into the result.
    ///
    /// @return the outcome, when it ends the execution
    final Optional<Outcome> take(StepRunner.Result result) {
        keepDone(result);
        notTried.putAll(result.notTried());
        result.failed().forEach(this::failed);
        result.notTried().forEach(this::untried);
        if (result.stop().isPresent()) {
            return Optional.of(
                    switch (result.stop().get()) {
                        case StepRunner.Stop.Interrupted _ ->
                                new Outcome.Interrupted(result.open());
                        case StepRunner.Stop.Superseded _ -> superseded();
                    });
        }
        if (troubles.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                certain
                        ? new Outcome.Failed(troubles, notTried)
                        : new Outcome.Stuck(troubles, notTried));
    }

    /// Takes what ended well into the result, and nothing else: what failed is tried again.
    final void keepDone(StepRunner.Result result) {
        var now = means.clock().instant();
        done.addAll(result.done());
        result.done()
                .forEach(unit -> entries.put(unit, new Entry(Result.DONE, Optional.empty(), now)));
    }

    private void failed(UnitName unit, Steps.Ended.Failed failure) {
        var now = means.clock().instant();
        certain |= !failure.timedOut();
        var cause = failure.cause().of(unit);
        troubles.add(new Trouble(unit, cause, now, place(unit)));
        entries.put(unit, new Entry(Result.FAILED, Optional.of(cause), now));
    }

    private void untried(UnitName unit, String why) {
        var advice = List.of(CauseCode.DEPENDENCY_FAILED.remedy());
        var cause = new Cause(CauseCode.DEPENDENCY_FAILED, why, advice, List.of());
        entries.put(unit, new Entry(Result.NOT_TRIED, Optional.of(cause), means.clock().instant()));
    }

    final StepRunner runner(Steps steps, Steps.Work work, StepRunner.Listener listener) {
        return new StepRunner(
                steps,
                work,
                listener,
                new StepRunner.Stops(cancellation, () -> tenure.supersededBy().isPresent()),
                means.ticker());
    }
}
