package dev.fairlead.deploy.fake;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.EventSink;
import dev.fairlead.deploy.execute.Deployer;
import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.execute.Order;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.execute.Prepared;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.journal.Pulse;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.kind.UnitKind;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.Planner;
import dev.fairlead.deploy.plan.Planner.Circumstances;
import dev.fairlead.deploy.render.Renderer;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Resolution.DigestKey;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One run of the command in a {@link FakeWorld}: plans and applies as the engine does.
public final class FakeCommand {
    public final List<Event> shown = new ArrayList<>();

    /// Nobody beats beside it: whoever was away too long beats before it writes.
    public Pulse pulse = (every, beat) -> () -> {};

    private final FakeTarget target;
    private final Means means;

    public FakeCommand(FakeWorld world, String identity) {
        this(world, identity, List.of());
    }

    public FakeCommand(FakeWorld world, String identity, List<UnitKind> kinds) {
        this.target = new FakeTarget(world, world.ticker, identity);
        this.means =
                new Means(
                        world.clock,
                        world.ticker,
                        new Renderer((unit, folder, globs) -> "files of " + globs, kinds),
                        kinds,
                        () -> new DigestKey(new byte[] {1, 2, 3}));
    }

    public Prepared prepare(Environment environment) {
        var resolution = target.resolve(environment.outline());
        var desired =
                means.renderer()
                        .render(environment, environment.units().keySet(), resolution.digestKey());
        var ref = environment.outline().ref();
        var record = new Journal(target.store(ref), means.clock(), means.ticker()).read();
        var snapshot = target.snapshot(ref);
        var leftovers = new TreeMap<UnitName, String>();
        snapshot.units().keySet().stream()
                .filter(unit -> !environment.units().containsKey(unit))
                .forEach(unit -> leftovers.put(unit, "it left the stack"));
        var circumstances =
                new Circumstances(
                        record.map(EnvironmentRecord::graph).orElse(Graph.EMPTY),
                        leftovers,
                        parts(environment),
                        environment.outline().notes());
        return new Prepared(
                environment,
                resolution,
                desired,
                Planner.plan(desired, snapshot, circumstances),
                record.map(EnvironmentRecord::settledToken).orElse(0L));
    }

    private SortedMap<UnitName, KindPlan> parts(Environment environment) {
        var parts = new TreeMap<UnitName, KindPlan>();
        for (var unit : environment.units().values()) {
            means.kind(unit)
                    .ifPresent(kind ->
                            parts.put(
                                    unit.name(),
                                    kind.plan(
                                            new Subject(
                                                    environment,
                                                    unit,
                                                    (to, at) ->
                                                            target.dial(FakeStack.DEV, to, at)))));
        }
        return parts;
    }

    public Plan plan(Environment environment) {
        return prepare(environment).plan();
    }

    public Outcome up(Environment environment) {
        return up(environment, Turn.AT_ONCE);
    }

    public Outcome up(Environment environment, Turn turn) {
        return apply(prepare(environment), new Order("up", turn, false));
    }

    public Outcome apply(Prepared prepared, Order order) {
        return deployer().apply(prepared, order, () -> prepare(prepared.environment()), shown::add);
    }

    public Outcome restart(Environment environment, String unit) {
        return deployer()
                .restart(
                        prepare(environment),
                        new UnitName(unit),
                        new Order("restart", Turn.AT_ONCE, false),
                        () -> prepare(environment),
                        shown::add);
    }

    public Outcome down(boolean withData) {
        return down(withData, shown::add);
    }

    public Outcome down(boolean withData, EventSink sink) {
        return deployer().down(FakeStack.DEV, withData, Turn.AT_ONCE, sink);
    }

    public Journal journal() {
        return new Journal(target.store(FakeStack.DEV), means.clock(), means.ticker());
    }

    public FakeTarget target() {
        return target;
    }

    private Deployer deployer() {
        return new Deployer(target, means, pulse);
    }
}
