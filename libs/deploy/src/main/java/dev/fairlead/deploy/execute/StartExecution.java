package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.EnvironmentRecord.Entry;
import dev.fairlead.deploy.journal.EnvironmentRecord.Result;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.PlanDifference;
import dev.fairlead.deploy.plan.PlanText;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Session;
import dev.fairlead.deploy.target.Session.Handed;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
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
    private SortedMap<String, String> images = new TreeMap<>();
    private int replacements;

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
        began(
                forced.map(unit -> "restarts " + unit)
                        .orElseGet(() -> PlanText.summary(prepared.plan())));
        try (var session = target.open(prepared.plan().environment(), tenure)) {
            var ended = makeImages();
            if (ended.isEmpty()) {
                ended = handOver(session);
            }
            if (ended.isEmpty()) {
                ended = start(session);
            }
            if (ended.isEmpty() && forced.isEmpty()) {
                ended = prune(session);
            }
            var acted = new TreeSet<>(done);
            acted.addAll(removed);
            if (ended.isEmpty() && forced.isEmpty()) {
                settle();
            }
            return ended.orElseGet(() -> new Outcome.Ready(acted));
        }
    }

    /// Everything is as wanted now, that too which an execution that was cut off had only begun.
    private void settle() {
        var now = means.clock().instant();
        var wanted = prepared.desired().graph().nodes();
        var left = new TreeSet<UnitName>();
        tenure.record()
                .units()
                .forEach((unit, entry) -> {
                    boolean open = entry.result() != Result.DONE && !entries.containsKey(unit);
                    if (open && wanted.containsKey(unit)) {
                        entries.put(unit, new Entry(Result.DONE, Optional.empty(), now));
                    } else if (open && entry.result() == Result.REMOVING) {
                        left.add(unit);
                    }
                });
        left.removeAll(removed);
        if (!left.isEmpty()) {
            left.removeAll(target.snapshot(prepared.plan().environment()).units().keySet());
            removed.addAll(left);
        }
    }

    @Override
    String ending(Outcome last) {
        boolean recorded =
                last instanceof Outcome.Ready(var acted)
                        && acted.isEmpty()
                        && !prepared.plan().reorders().isEmpty();
        return recorded ? "done: recorded, nothing restarted" : last.sentence();
    }

    @Override
    Optional<Place> place(UnitName unit) {
        return Optional.ofNullable(prepared.environment().outline().units().get(unit))
                .map(Outline.Part::place);
    }

    private Optional<Outcome> replan() {
        var before = prepared;
        prepared = again.get();
        prepared.plan().throwIfRefused();
        if (order.strict() && !before.plan().hash().equals(prepared.plan().hash())) {
            return Optional.of(
                    new Outcome.Stale(
                            before.plan().hash(),
                            prepared.plan().hash(),
                            PlanDifference.between(side(before), side(prepared))));
        }
        return tenure.intend(Deployer.intent(prepared, order.command()))
                ? Optional.empty()
                : Optional.of(superseded());
    }

    private static PlanDifference.Side side(Prepared prepared) {
        return PlanDifference.Side.of(prepared.plan(), prepared.desired());
    }

    private Optional<Outcome> handOver(Session session) {
        for (int i = 0; i < PORT_ATTEMPTS; i++) {
            switch (means.hand(session, prepared)) {
                case Handed.Taken _ -> {
                    return Optional.empty();
                }
                case Handed.PortsReplaced(var ports) -> {
                    replacements++;
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

    /// Images first: one that cannot be made leaves everything as it is.
    private Optional<Outcome> makeImages() {
        var work = new ImageWork(means.images(), prepared, log);
        if (work.isNothing() || forced.isPresent()) {
            images = work.digests();
            return Optional.empty();
        }
        var result = runner(work.steps(), work, work).run();
        images = work.digests();
        if (result.stop().isEmpty() && result.failed().isEmpty()) {
            return Optional.empty();
        }
        var left = new TreeMap<UnitName, String>();
        var blamed = work.blamed(result.failed());
        Deployer.starting(prepared.plan())
                .forEach(unit -> left.put(unit, "an image could not be made"));
        left.keySet().removeAll(blamed.keySet());
        return take(
                new StepRunner.Result(
                        new TreeSet<>(),
                        blamed,
                        left,
                        Deployer.starting(prepared.plan()),
                        result.stop()));
    }

    /// Starts what is to be started. A chosen port that was free when everything was handed over and is held by somebody
    /// else by the time its unit starts is replaced, and what the new number changes is started again.
    private Optional<Outcome> start(Session session) {
        var result = steps(session);
        for (int i = 0; i < PORT_ATTEMPTS && forced.isEmpty() && hasLostPort(result); i++) {
            int before = replacements;
            keepDone(result);
            var ended = handOver(session);
            if (ended.isPresent()) {
                return ended;
            }
            if (replacements == before) {
                break; // a fixed one, which is the user's
            }
            result = steps(session);
        }
        return take(result);
    }

    private static boolean hasLostPort(StepRunner.Result result) {
        return result.stop().isEmpty()
                && result.failed().values().stream()
                        .anyMatch(failure -> failure.cause().code() == CauseCode.PORT_TAKEN);
    }

    private StepRunner.Result steps(Session session) {
        var early = early(prepared.plan());
        var acting = new TreeSet<UnitName>(early);
        forced.ifPresentOrElse(
                acting::add, () -> acting.addAll(Deployer.starting(prepared.plan())));
        var limits = prepared.environment().outline().limits();
        var steps = new Steps(graph(early), acting, limits.parallelism(), "started");
        var ofTarget =
                new StartWork(
                        session, prepared, tenure.token(), means.ticker(), forced.isPresent());
        var work = new KindWork(session, target, prepared, means, ofTarget);
        var plan = prepared.plan();
        plan.restarts().forEach(restart -> reasons.put(restart.unit(), restart.why()));
        plan.starts().forEach(start -> reasons.put(start.unit(), start.why()));
        plan.reorders().forEach(reorder -> log.say(Kind.PROGRESS, reorder.unit(), reorder.what()));
        var words = new StepEvents.Words(this::started, Kind.READY, _ -> "ready");
        var starts = new StepEvents(log, means.ticker(), words);
        starts.waiting(steps);
        var removal = new Removal(session, tenure.token(), leaving(early));
        var removals = new StepEvents(log, means.ticker(), removal.words());
        var mixed = new MixedSteps(early, removal, removals, work, starts);
        var result = runner(steps, mixed, mixed).run();
        early.retainAll(result.done());
        removed.addAll(early);
        return result;
    }

    /// The removals that the start of another unit waits for.
    private SortedSet<UnitName> early(Plan plan) {
        var early = new TreeSet<UnitName>();
        if (forced.isPresent()) {
            return early;
        }
        var removing = Deployer.removing(plan);
        plan.steps().stream()
                .map(Plan.Step::unit)
                .filter(unit -> removing.contains(unit))
                .forEach(early::add);
        return early;
    }

    /// The graph of the plan's steps.
    private Graph graph(SortedSet<UnitName> early) {
        if (early.isEmpty()) {
            return prepared.desired().graph();
        }
        var nodes = new TreeMap<UnitName, Graph.Node>();
        for (var step : prepared.plan().steps()) {
            var node = prepared.desired().graph().nodes().get(step.unit());
            nodes.put(
                    step.unit(),
                    new Graph.Node(
                            step.stage(),
                            step.waitsFor(),
                            node == null ? Removal.LIMIT : node.timeout()));
        }
        return new Graph(nodes);
    }

    private Removal.Leaving leaving(SortedSet<UnitName> units) {
        var reasons = new TreeMap<UnitName, String>();
        prepared.plan().changes().stream()
                .filter(change -> units.contains(change.unit()))
                .forEach(change ->
                        change.reason().ifPresent(why -> reasons.put(change.unit(), why)));
        var snapshot =
                units.isEmpty()
                        ? new Snapshot(new TreeMap<>())
                        : target.snapshot(prepared.plan().environment());
        return Removal.Leaving.of(units, snapshot, reasons);
    }

    private String started(UnitName unit) {
        if (forced.isPresent()) {
            return "restarts as asked";
        }
        var why = reasons.get(unit);
        return why == null ? "starts" : "starts: " + why;
    }

    private Optional<Outcome> prune(Session session) {
        var tidied = tidy(session);
        if (tidied.isPresent()) {
            return tidied;
        }
        var units = Deployer.removing(prepared.plan());
        units.removeAll(removed);
        if (units.isEmpty()) {
            return Optional.empty();
        }
        return take(RemoveExecution.remove(this, session, leaving(units)));
    }

    /// Single objects that leave units which stay.
    private Optional<Outcome> tidy(Session session) {
        boolean some =
                prepared.plan().objects().steps().values().stream()
                        .flatMap(List::stream)
                        .anyMatch(ObjectStep.Remove.class::isInstance);
        if (!some) {
            return Optional.empty();
        }
        return switch (session.tidy(tenure.token())) {
            case Session.Answer.Accepted(var note) -> {
                note.ifPresent(what -> log.say(Kind.PROGRESS, what));
                yield Optional.empty();
            }
            case Session.Answer.Fenced _ -> Optional.of(superseded());
            case Session.Answer.Failed(var cause) -> {
                throw Problem.error(cause.code(), cause.what())
                        .withHint(cause.advice().stream().findFirst())
                        .thrown();
            }
        };
    }

    @Override
    Optional<Long> keep() {
        boolean changed =
                !prepared.plan().reorders().isEmpty()
                        || prepared.plan().changes().stream()
                                .anyMatch(change -> change.action() != Action.KEEP);
        // An execution that was cut off after its last step left no revision of what it did.
        if (forced.isPresent() || (!changed && isKept())) {
            return Optional.empty();
        }
        var kept = new KeptRevision(target, means.clock(), store, tenure);
        return Optional.of(kept.keep(prepared, images, order.returnsTo()));
    }

    private boolean isKept() {
        long newest = tenure.record().revision();
        return newest > 0
                && prepared.desired()
                        .inputHash()
                        .equals(Json.readObject(store.requireRevision(newest)).get("inputHash"));
    }
}
