package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.execute.Steps.Ended;
import dev.fairlead.deploy.ready.Readiness;
import dev.fairlead.deploy.ready.Readiness.Verdict;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Session.Answer;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.inventory.cluster.Workload;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The step of one unit: start it, then wait until it is ready or its deadline passes. This is where a step's deadline is
/// enforced.
record StartWork(Session session, Prepared prepared, long token, Ticker ticker, boolean force)
        implements Steps.Work {
    /// What a target may need beyond the stop of the old process and the deadline itself.
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /// The same, and what runs or has ended is made anew.
    StartWork forced() {
        return new StartWork(session, prepared, token, ticker, true);
    }

    @Override
    public Ended run(UnitName unit, Consumer<String> progress) throws InterruptedException {
        return switch (session.start(unit, token, force)) {
            case Answer.Fenced _ -> new Ended.Fenced();
            case Answer.Failed(var cause) -> new Ended.Failed(cause, false);
            case Answer.Accepted(var note) -> {
                note.ifPresent(progress);
                yield await(unit, progress);
            }
        };
    }

    private Ended await(UnitName unit, Consumer<String> progress) throws InterruptedException {
        var timeout = timeout(unit);
        var deadline = Deadline.in(timeout, ticker);
        var verdict = Readiness.await(session, unit, deadline, progress);
        return switch (verdict) {
            case Verdict.Ready _ -> new Ended.Done();
            case Verdict.Failed(var status) -> new Ended.Failed(certain(status), false);
            case Verdict.TimedOut(var status) ->
                    new Ended.Failed(Cause.timedOut(timeout, status.cause()), true);
        };
    }

    private static Cause certain(UnitStatus status) {
        return status.cause()
                .orElseGet(() ->
                        new Cause(
                                CauseCode.GONE,
                                "it ended and nobody saw why",
                                List.of(CauseCode.GONE.remedy()),
                                List.of()));
    }

    private Duration timeout(UnitName unit) {
        return run(prepared, unit)
                .map(Run::readyTimeout)
                .or(() -> workload(unit).map(Workload::readyTimeout))
                .orElse(prepared.environment().outline().limits().readinessTimeout());
    }

    private Optional<Workload> workload(UnitName unit) {
        return Optional.ofNullable(prepared.environment().units().get(unit))
                .flatMap(Unit::workload);
    }

    @Override
    public Duration limit(UnitName unit) {
        var grace = run(prepared, unit).map(run -> run.stop().grace()).orElse(Duration.ZERO);
        return timeout(unit).plus(grace).plus(MARGIN);
    }

    private static Optional<Run> run(Prepared prepared, UnitName unit) {
        return Optional.ofNullable(prepared.environment().units().get(unit))
                .flatMap(found -> found.run());
    }
}
