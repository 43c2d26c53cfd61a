package dev.fairlead.engine;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.event.EventSink;
import dev.fairlead.deploy.execute.Departure;
import dev.fairlead.deploy.execute.Deployer;
import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.history.ExecutionReport;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.plan.LiveDiff;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.render.Revision;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.engine.agent.AgentDesk;
import dev.fairlead.engine.life.DriftReport;
import dev.fairlead.engine.life.GraphReport;
import dev.fairlead.engine.life.HistoryReport;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The life of an environment: what differs, what is left over, what was done, and the way back.
public final class Life {
    private final Rooms rooms;
    private final Means means;
    private final Engine engine;

    Life(Rooms rooms, Means means, Engine engine) {
        this.rooms = rooms;
        this.means = means;
        this.engine = engine;
    }

    /// What lives against what a plan wants.
    public LiveDiff diff(Request request) {
        var planned = engine.plan(request);
        var prepared = planned.prepared();
        var snapshot =
                rooms.target(prepared.environment().outline()).snapshot(planned.environment());
        return LiveDiff.of(planned.plan(), prepared.desired(), snapshot);
    }

    /// What lives differently from what was applied last. Does not read services.yaml but to know which environment is
    /// meant, and how a database is reached that its target does not know.
    public DriftReport drift(Request request) {
        return new Drifting(rooms.locate(request), means, () -> today(request))
                .report(new Parts(request));
    }

    /// The environment as the stack has it now; empty where it cannot be read.
    private Optional<Environment> today(Request request) {
        try {
            var stack = rooms.load(request);
            var outline = stack.outline(request.choice());
            return Optional.of(stack.evaluate(outline, rooms.target(outline).resolve(outline)));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /// The units that a plan would remove.
    ///
    /// @param units each with the reason
    /// @param data what only a removal with data takes: of them, and of units that left before
    /// @param guarded the environment is protected
    public record Leftovers(
            Planned planned,
            SortedMap<UnitName, String> units,
            TreeSet<UnitName> data,
            boolean guarded) {}

    public Leftovers leftovers(Request request) {
        var planned = engine.plan(request);
        var units = new TreeMap<UnitName, String>();
        planned.plan().changes().stream()
                .filter(change -> change.action() == Action.PRUNE)
                .forEach(change -> units.put(change.unit(), change.reason().orElse("")));
        var outline = planned.prepared().environment().outline();
        var data = new TreeSet<>(rooms.target(outline).remembered(outline.ref()));
        data.removeAll(outline.units().keySet());
        data.removeIf(unit -> !new Parts(request).shows(unit));
        return new Leftovers(planned, units, data, outline.guarded());
    }

    /// Removes what is left over, and nothing else.
    ///
    /// @param withData their data too, and that of units that left before
    public Outcome prune(Leftovers leftovers, boolean withData, Turn turn, EventSink sink) {
        var outline = leftovers.planned().prepared().environment().outline();
        var units = new TreeSet<>(leftovers.units().keySet());
        if (withData) {
            units.addAll(leftovers.data());
        }
        var departure =
                new Departure(
                        "prune",
                        Optional.of(units),
                        leftovers.units(),
                        withData,
                        Optional.of(outline.limits().history()));
        return new Deployer(rooms.target(outline), means)
                .remove(outline.ref(), departure, turn, sink);
    }

    /// Plans the way back.
    ///
    /// @param revision to which one; when absent, to the last good one: the newest when the last execution failed, else the
    ///     one before it
    public Planned back(Request request, Optional<Long> revision) {
        var stack = rooms.load(request);
        var outline = stack.outline(request.choice());
        var target = rooms.target(outline);
        var revisions = new Revisions(target.store(outline.ref()), means);
        var to = revisions.require(revision.orElseGet(revisions::lastGood));
        var returning = new Returning(request, stack, outline, target, to);
        return Planned.back(returning, returning.prepare(means));
    }

    /// What became of the wish to go back after a failure.
    public sealed interface WentBack {
        /// @param revision to which one
        record Tried(long revision, Outcome outcome) implements WentBack {}

        /// Everything is as it was left.
        record Refused(List<Problem> why) implements WentBack {}
    }

    /// Whether there is something to go back from: nothing is when it was ready, somebody else went on, or nothing was begun.
    public boolean isFailure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Ready _,
                    Outcome.Superseded _,
                    Outcome.Interrupted _,
                    Outcome.Busy _,
                    Outcome.Stale _ ->
                    false;
            case Outcome.Failed _, Outcome.Stuck _ -> true;
        };
    }

    /// Goes back to the last good revision after an execution that failed.
    ///
    /// @param planned what failed
    public WentBack wentBack(Planned planned, Turn turn, EventSink sink) {
        var request = planned.request();
        try {
            var whole =
                    new Request(
                            request.stack(), request.choice(), new TreeSet<>(), new TreeSet<>());
            var back = back(whole, Optional.empty());
            var options = new ApplyOptions("rollback", turn, false);
            return new WentBack.Tried(
                    back.returnsTo().orElseThrow(), engine.apply(back, options, sink));
        } catch (ProblemException e) {
            return new WentBack.Refused(e.problems());
        }
    }

    /// Every execution that is still told of.
    public HistoryReport history(Request request) {
        return past(request).history();
    }

    /// One of them.
    ///
    /// @throws ProblemException when there is none of that name
    public ExecutionReport execution(Request request, String id) {
        var executions = past(request).history().executions();
        return executions.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> {
                    var names = executions.stream().map(ExecutionReport::id).toList();
                    return Problem.error(
                                    DeployCode.NO_SUCH_EXECUTION,
                                    "there is no execution \"" + id + "\" here (any more)")
                            .withHint(
                                    Nearest.hint(id, names)
                                            .orElse(DeployCode.NO_SUCH_EXECUTION.remedy()))
                            .thrown();
                });
    }

    /// The units with their edges, as the stack has them; as they were applied last where it cannot be read.
    public GraphReport graph(Request request) {
        return past(request).graph(new Parts(request), rooms);
    }

    private History past(Request request) {
        return new History(request, rooms.locate(request), means);
    }

    /// A kept revision.
    public Revision revision(Request request, long number) {
        var found = rooms.locate(request);
        return new Revisions(found.target().store(found.ref()), means).require(number);
    }

    /// Runs a command as a unit would run it.
    ///
    /// @see Target#execute
    public Target.Executed execute(Request request, UnitName unit, List<String> command)
            throws InterruptedException {
        var found = rooms.locate(request);
        new Look(found, means).checkKnown(List.of(unit));
        return found.target().execute(found.ref(), unit, command, declared(request));
    }

    /// The agents of the environment.
    public AgentDesk agents(Request request) {
        var outline = rooms.load(request).outline(request.choice());
        return new AgentDesk(
                outline,
                rooms.target(outline),
                () -> declared(request),
                new AgentDesk.Around(
                        means.clock(), means.ticker(), () -> engine.touch(request, "run")));
    }

    private Optional<Environment> declared(Request request) {
        try {
            var stack = rooms.load(request);
            var outline = stack.outline(request.choice());
            return Optional.of(stack.evaluate(outline, rooms.target(outline).resolve(outline)));
        } catch (ProblemException e) {
            return Optional.empty(); // a unit that runs needs no stack
        }
    }

    /// A way from this process to a port of a unit; the caller closes it.
    public Target.Reach dial(Request request, UnitName unit, Target.Endpoint to) {
        var found = rooms.locate(request);
        return found.target().dial(found.ref(), unit, to);
    }
}
