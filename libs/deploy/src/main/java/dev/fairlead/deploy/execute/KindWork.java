package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.execute.Steps.Ended;
import dev.fairlead.deploy.kind.KindEnd;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.kind.KindWatch;
import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.kind.UnitKind;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Session.Answer;
import dev.fairlead.deploy.target.Session.Noted;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The steps of all units: those of a kind of their own do their work here; before a process is started, the schemas that
/// it requires are waited for. What the supervisor starts again later has been checked when its unit was started: a
/// restart after a crash must not depend on the database being there.
record KindWork(Session session, Target target, Prepared prepared, Means means, StartWork start)
        implements Steps.Work {
    /// What the end of the work may take beyond its own deadline.
    private static final Duration MARGIN = Duration.ofSeconds(30);

    @Override
    public Ended run(UnitName name, Consumer<String> progress) throws InterruptedException {
        var own = own(name);
        if (own.isPresent()) {
            // One that has objects is done by them: a Job works where this process only looks on.
            return own.get().unit().workload().isEmpty()
                    ? new Work(own.get(), progress).perform()
                    : job(own.get(), progress);
        }
        for (var schema : required(name)) {
            var missing = missing(schema, patience(name), progress);
            if (missing.isPresent()) {
                return missing.get();
            }
        }
        return start.run(name, progress);
    }

    /// What could not be read when the plan was made is read now: the Job may have ended long ago, and what it did be gone.
    private Ended job(Own own, Consumer<String> progress) throws InterruptedException {
        var name = own.unit().name();
        var plan = prepared.plan();
        boolean unknown =
                plan.parts().stream()
                        .filter(part -> part.unit().equals(name))
                        .anyMatch(part -> part.state() == KindPlan.State.UNKNOWN);
        if (unknown && plan.objects().steps().getOrDefault(name, List.of()).isEmpty()) {
            var now = own.kind().plan(subject(own.unit()));
            if (now.state() == KindPlan.State.PENDING && hasEnded(name)) {
                progress.accept("runs again: " + now.reason());
                return start.forced().run(name, progress);
            }
        }
        return start.run(name, progress);
    }

    private boolean hasEnded(UnitName name) {
        return target.snapshot(prepared.plan().environment())
                .find(name)
                .map(found -> found.status().state())
                .filter(state -> state == UnitState.READY || state == UnitState.FAILED)
                .isPresent();
    }

    @Override
    public Duration limit(UnitName name) {
        return own(name)
                .map(own -> own.kind().timeout(own.unit()).plus(MARGIN))
                .orElseGet(() ->
                        start.limit(name).plus(patience(name).multipliedBy(required(name).size())));
    }

    private record Own(Unit unit, UnitKind kind) {}

    private Optional<Unit> unit(UnitName name) {
        return Optional.ofNullable(prepared.environment().units().get(name));
    }

    private Optional<Own> own(UnitName name) {
        return unit(name).flatMap(unit -> means.kind(unit).map(kind -> new Own(unit, kind)));
    }

    private SortedSet<UnitName> required(UnitName name) {
        return unit(name).map(Unit::requiresSchema).orElseGet(TreeSet::new);
    }

    /// How long a schema is waited for: as long as its unit itself may take.
    private Duration patience(UnitName name) {
        return unit(name)
                .flatMap(Unit::run)
                .map(Run::readyTimeout)
                .orElse(prepared.environment().outline().limits().readinessTimeout());
    }

    private Subject subject(Unit unit) {
        var ref = prepared.environment().outline().ref();
        return new Subject(
                prepared.environment(), unit, (to, endpoint) -> target.dial(ref, to, endpoint));
    }

    private Optional<Ended> missing(UnitName schema, Duration atMost, Consumer<String> progress)
            throws InterruptedException {
        var own = own(schema);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        var watch =
                new KindWatch() {
                    @Override
                    public void progress(String what) {
                        progress.accept(what);
                    }

                    @Override
                    public void waits(Cause cause) {
                        progress.accept(cause.what());
                    }
                };
        var deadline = Deadline.in(atMost, means.ticker());
        return switch (own.get().kind().await(subject(own.get().unit()), deadline, watch)) {
            case KindEnd.Done _ -> Optional.empty();
            case KindEnd.Failed(var cause, var timedOut) ->
                    Optional.of(new Ended.Failed(cause, timedOut));
        };
    }

    /// The step of one unit of a kind of its own, with its state kept at the target while it goes on.
    private final class Work implements KindWatch {
        private final Unit unit;
        private final UnitKind kind;
        private final Consumer<String> told;
        private Optional<Cause> waiting = Optional.empty();
        private Map<String, Object> seen = Map.of();

        Work(Own own, Consumer<String> told) {
            this.unit = own.unit();
            this.kind = own.kind();
            this.told = told;
        }

        Ended perform() throws InterruptedException {
            return switch (note(UnitState.STARTING, Optional.empty())) {
                case Answer.Fenced _ -> new Ended.Fenced();
                case Answer.Failed(var cause) -> new Ended.Failed(cause, false);
                case Answer.Accepted _ -> done(worked());
            };
        }

        private KindEnd worked() throws InterruptedException {
            try {
                return kind.run(subject(unit), this);
            } catch (InterruptedException e) {
                var cause =
                        new Cause(
                                CauseCode.STOPPED_BY_USER,
                                "it was interrupted; the next run goes on where it was",
                                List.of(CauseCode.STOPPED_BY_USER.remedy()),
                                List.of());
                note(UnitState.STOPPED, Optional.of(cause));
                throw e;
            } catch (ProblemException e) {
                var problem = e.problems().getFirst();
                var cause =
                        new Cause(
                                problem.code(),
                                problem.what(),
                                List.of(problem.advice()),
                                problem.evidence());
                return new KindEnd.Failed(cause, false);
            }
        }

        private Ended done(KindEnd end) {
            return switch (end) {
                case KindEnd.Done(var what, var found) -> {
                    told.accept(what);
                    seen = found;
                    yield noted(UnitState.READY, Optional.empty(), new Ended.Done());
                }
                case KindEnd.Failed(var cause, var timedOut) ->
                        noted(
                                UnitState.FAILED,
                                Optional.of(cause),
                                new Ended.Failed(cause, timedOut));
            };
        }

        private Ended noted(UnitState state, Optional<Cause> cause, Ended ended) {
            return note(state, cause) instanceof Answer.Fenced ? new Ended.Fenced() : ended;
        }

        private Answer note(UnitState state, Optional<Cause> cause) {
            var wanted = Objects.requireNonNull(prepared.desired().units().get(unit.name()));
            return session.note(
                    unit.name(),
                    start.token(),
                    new Noted(SeenContent.with(wanted, seen), state, cause));
        }

        @Override
        public synchronized void progress(String what) {
            if (waiting.isPresent()) {
                waiting = Optional.empty();
                note(UnitState.STARTING, waiting);
            }
            told.accept(what);
        }

        @Override
        public synchronized void waits(Cause cause) {
            if (!waiting.equals(Optional.of(cause))) {
                waiting = Optional.of(cause);
                note(UnitState.STARTING, waiting);
                told.accept(cause.what());
            }
        }
    }
}
