package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.PlanDifference;
import dev.fairlead.deploy.plan.PlanText;
import dev.fairlead.deploy.render.RevisionText;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Session.Handed;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Hands over what shall be, starts what the plan starts, and removes what it prunes once everything is ready.
final class StartExecution extends Execution {
    /// How often the ports may turn out to be taken before that is a failure.
    private static final int PORT_ATTEMPTS = 5;

    private final Target target;
    private final Order order;
    private final Supplier<Prepared> again;
    private final Optional<UnitName> forced;
    private final Map<UnitName, String> reasons = new HashMap<>();
    private Prepared prepared;

    /// What it will do, once it has the lease.
    record Factory(
            Target target,
            Means means,
            Order order,
            Supplier<Prepared> again,
            Prepared prepared,
            SortedSet<UnitName> forced)
            implements Execution.Factory {
        Factory(
                Target target,
                Means means,
                Order order,
                Supplier<Prepared> again,
                Prepared prepared) {
            this(target, means, order, again, prepared, Collections.emptySortedSet());
        }

        Factory forcing(UnitName unit) {
            return new Factory(target, means, order, again, prepared, new TreeSet<>(List.of(unit)));
        }

        @Override
        public Execution execution(Site site) {
            return new StartExecution(this, site);
        }
    }

    private StartExecution(Factory what, Site site) {
        super(site);
        this.target = what.target();
        this.order = what.order();
        this.again = what.again();
        this.forced = what.forced().stream().findFirst();
        this.prepared = what.prepared();
    }

    @Override
    Outcome perform() {
        // Somebody was here between the plan and the lease: what was planned may not be what is
        // due.
        if (forced.isEmpty() && tenure.token() != prepared.token() + 1) {
            var stale = replan();
            if (stale.isPresent()) {
                return stale.get();
            }
        }
        log.say(Kind.PLANNED, PlanText.summary(prepared.plan()));
        try (var session = target.open(prepared.plan().environment())) {
            var ended = handOver(session);
            if (ended.isEmpty()) {
                ended = start(session);
            }
            if (ended.isEmpty() && forced.isEmpty()) {
                ended = prune(session);
            }
            var acted = new TreeSet<>(done);
            acted.addAll(removed);
            return ended.orElseGet(() -> new Outcome.Ready(acted));
        }
    }

    @Override
    Optional<Place> place(UnitName unit) {
        return Optional.ofNullable(prepared.environment().outline().units().get(unit))
                .map(Outline.Part::place);
    }

    private Optional<Outcome> replan() {
        var before = prepared;
        prepared = again.get();
        if (order.strict() && !before.plan().hash().equals(prepared.plan().hash())) {
            return Optional.of(
                    new Outcome.Stale(
                            before.plan().hash(),
                            prepared.plan().hash(),
                            PlanDifference.between(before.plan(), prepared.plan())));
        }
        return tenure.intend(Deployer.intent(prepared, order.command()))
                ? Optional.empty()
                : Optional.of(superseded());
    }

    private Optional<Outcome> handOver(Session session) {
        for (int i = 0; i < PORT_ATTEMPTS; i++) {
            switch (means.hand(session, prepared)) {
                case Handed.Taken _ -> {
                    return Optional.empty();
                }
                case Handed.PortsReplaced(var ports) -> {
                    ports.forEach(port -> log.say(Kind.PROGRESS, port.unit(), port.note()));
                    var ended = replan();
                    if (ended.isPresent()) {
                        return ended;
                    }
                }
            }
        }
        throw Problem.error(
                        DeployCode.PORTS_CONTENDED,
                        "chosen ports were taken by others " + PORT_ATTEMPTS + " times in a row")
                .withHint(DeployCode.PORTS_CONTENDED.remedy())
                .thrown();
    }

    private Optional<Outcome> start(Session session) {
        var acting =
                forced.<SortedSet<UnitName>>map(unit -> new TreeSet<>(List.of(unit)))
                        .orElseGet(() -> Deployer.starting(prepared.plan()));
        var limits = prepared.environment().outline().limits();
        var steps = new Steps(prepared.desired().graph(), acting, limits.parallelism(), "started");
        var ofTarget =
                new StartWork(
                        session, prepared, tenure.token(), means.ticker(), forced.isPresent());
        var work = new KindWork(session, target, prepared, means, ofTarget);
        prepared.plan().restarts().forEach(restart -> reasons.put(restart.unit(), restart.why()));
        prepared.plan().starts().forEach(start -> reasons.put(start.unit(), start.why()));
        var listener = new StepEvents(log, means.ticker(), this::started, Kind.READY, "ready");
        listener.waiting(steps);
        return take(runner(steps, work, listener).run());
    }

    private String started(UnitName unit) {
        if (forced.isPresent()) {
            return "restarts as asked";
        }
        var why = reasons.get(unit);
        return why == null ? "starts" : "starts: " + why;
    }

    private Optional<Outcome> prune(Session session) {
        var leaving = Deployer.removing(prepared.plan());
        if (leaving.isEmpty()) {
            return Optional.empty();
        }
        return take(RemoveExecution.remove(this, session, leaving, false));
    }

    @Override
    Optional<Long> keep() {
        boolean changed =
                prepared.plan().changes().stream()
                        .anyMatch(change -> change.action() != Action.KEEP);
        if (!changed || forced.isPresent()) {
            return Optional.empty();
        }
        long number = tenure.record().revision() + 1;
        var text =
                RevisionText.of(
                        number,
                        means.clock().instant(),
                        tenure.execution(),
                        prepared.plan().hash(),
                        prepared.desired());
        store.keepRevision(number, text, prepared.environment().outline().limits().history());
        return Optional.of(number);
    }
}
