package dev.fairlead.engine;

import dev.fairlead.deploy.execute.Prepared;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.PlanDifference;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.util.List;
import java.util.Optional;

/// A plan together with what it was made from, ready to be applied by the engine that made it.
public final class Planned {
    private final Request request;
    private final Prepared prepared;
    private final List<Problem> warnings;
    private final List<String> remarks;
    private final Optional<Returning> back;

    Planned(Request request, Prepared prepared, List<Problem> warnings, List<String> remarks) {
        this(request, prepared, warnings, remarks, Optional.empty());
    }

    private Planned(
            Request request,
            Prepared prepared,
            List<Problem> warnings,
            List<String> remarks,
            Optional<Returning> back) {
        this.request = request;
        this.prepared = prepared;
        this.warnings = List.copyOf(warnings);
        this.remarks = List.copyOf(remarks);
        this.back = back;
    }

    /// The way back to a revision.
    static Planned back(Returning back, Prepared prepared) {
        return new Planned(back.request(), prepared, List.of(), List.of(), Optional.of(back));
    }

    /// The revision that it goes back to, where it does.
    public Optional<Long> returnsTo() {
        return back.map(way -> way.revision().number());
    }

    Optional<Returning> way() {
        return back;
    }

    public Plan plan() {
        return prepared.plan();
    }

    public EnvironmentRef environment() {
        return prepared.plan().environment();
    }

    /// The environment is `protected`: whoever applies this asks first.
    public boolean guarded() {
        return prepared.environment().outline().guarded();
    }

    /// What waits for what.
    public Graph graph() {
        return prepared.desired().graph();
    }

    /// What the stack's reader warned of.
    public List<Problem> warnings() {
        return warnings;
    }

    /// What keeps it from being applied: it is shown with the plan, and {@link Engine#apply} reports it.
    public List<Problem> refusals() {
        return Refusals.of(prepared.plan(), prepared.environment());
    }

    /// What a person should know of where this works; no part of the plan.
    public List<String> remarks() {
        return remarks;
    }

    public Request request() {
        return request;
    }

    PlanDifference.Side side() {
        return PlanDifference.Side.of(prepared.plan(), prepared.desired());
    }

    Prepared prepared() {
        return prepared;
    }
}
