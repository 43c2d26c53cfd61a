package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.event.EventSink;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Intent;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.journal.Journal.Acquired;
import dev.fairlead.deploy.journal.Pulse;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.target.Session.Handed;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Applies plans to one target, one environment at a time. An interrupt of the calling thread ends in {@link
/// Outcome.Interrupted}; the thread's interrupt flag is clear afterwards.
public final class Deployer {
    private final Target target;
    private final Means means;
    private final Pulse pulse;

    public Deployer(Target target, Means means) {
        this(target, means, Pulse.THREAD);
    }

    /// @param pulse how a lease is kept that needs a heartbeat
    public Deployer(Target target, Means means, Pulse pulse) {
        this.target = target;
        this.means = means;
        this.pulse = pulse;
    }

    /// Makes the environment be what the plan says. A plan without changes takes no lease and writes nothing, unless the last
    /// execution did not come to its end.
    ///
    /// @param again plans once more, for a state that changed meanwhile
    /// @throws dev.fairlead.diagnostic.ProblemException when the target as a whole fails
    public Outcome apply(Prepared prepared, Order order, Supplier<Prepared> again, EventSink sink) {
        var ref = prepared.plan().environment();
        prepared.plan().throwIfRefused();
        var journal = journal(ref);
        var current = prepared;
        if (current.plan().isEmpty() && isSettled(journal.read(), current.token())) {
            if (!target.unattended(ref) || watchAgain(current)) {
                return new Outcome.Ready(new TreeSet<>());
            }
            current = again.get(); // a port was taken meanwhile: now there is something to do
        }
        var intent = intent(current, order.command());
        return withLease(
                journal,
                intent,
                order.turn(),
                sink,
                new StartExecution.Factory(target, means, order, again, current));
    }

    /// Starts one unit anew, with what the stack says now; no other is touched.
    ///
    /// @param again plans once more, when ports had to be replaced
    public Outcome restart(
            Prepared prepared,
            UnitName unit,
            Order order,
            Supplier<Prepared> again,
            EventSink sink) {
        var plan = prepared.plan();
        var intent =
                new Intent(
                        plan.environment(),
                        plan.target(),
                        order.command(),
                        plan.hash(),
                        plan.inputHash(),
                        prepared.desired()
                                .graph()
                                .within(prepared.desired().graph().closure(List.of(unit))),
                        only(unit),
                        new TreeSet<>());
        return withLease(
                journal(plan.environment()),
                intent,
                order.turn(),
                sink,
                new StartExecution.Factory(target, means, order, () -> prepared, prepared)
                        .forcing(unit));
    }

    /// Ends every unit of the environment.
    ///
    /// @param withData the data of the units go too
    public Outcome down(EnvironmentRef ref, boolean withData, Turn turn, EventSink sink) {
        var outcome = remove(ref, Departure.down(withData), turn, sink);
        if (withData && outcome instanceof Outcome.Ready) {
            target.dispose(ref);
        }
        return outcome;
    }

    /// Ends what runs and keeps everything else, so that the next `up` wakes it.
    public Outcome sleep(EnvironmentRef ref, Turn turn, EventSink sink) {
        return target.sleeps()
                ? remove(ref, Departure.asleep(), turn, sink)
                : down(ref, false, turn, sink);
    }

    /// Ends units of the environment, those that others wait for last. Needs neither a stack nor a secret.
    public Outcome remove(EnvironmentRef ref, Departure departure, Turn turn, EventSink sink) {
        var journal = journal(ref);
        var record = journal.read();
        var snapshot = target.snapshot(ref);
        var units = leaving(departure, ref, snapshot, record);
        if (units.isEmpty() && record.map(EnvironmentRecord::isSettled).orElse(true)) {
            return new Outcome.Ready(new TreeSet<>());
        }
        var intent =
                new Intent(
                        ref,
                        target.kind(),
                        departure.command(),
                        "-",
                        "-",
                        Graph.EMPTY,
                        new TreeSet<>(),
                        units);
        return withLease(
                journal,
                intent,
                turn,
                sink,
                new RemoveExecution.Factory(
                        target,
                        means,
                        ref,
                        leavingOf(departure, ref, units, snapshot),
                        departure.keep()));
    }

    private Removal.Leaving leavingOf(
            Departure departure, EnvironmentRef ref, SortedSet<UnitName> units, Snapshot snapshot) {
        if (departure.withData()) {
            return Removal.Leaving.withData(units, snapshot, left(ref, units));
        }
        var leaving = Removal.Leaving.of(units, snapshot, departure.reasons());
        return departure.isSleep() ? leaving.asleep() : leaving;
    }

    /// Those of the units that left data here.
    private SortedSet<UnitName> left(EnvironmentRef ref, SortedSet<UnitName> units) {
        var left = new TreeSet<>(target.remembered(ref));
        left.retainAll(units);
        return left;
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private SortedSet<UnitName> leaving(
            Departure departure,
            EnvironmentRef ref,
            Snapshot snapshot,
            Optional<EnvironmentRecord> record) {
        var units = new TreeSet<>(snapshot.units().keySet());
        if (departure.withData()) {
            units.addAll(target.remembered(ref)); // data of units that were stopped before
        }
        record.ifPresent(known -> units.addAll(known.graph().nodes().keySet()));
        departure.units().ifPresent(units::retainAll);
        return units;
    }

    // Nothing changed, but nobody watches what runs: hands over again, without lease or journal.
    private boolean watchAgain(Prepared prepared) {
        try (var session = target.open(prepared.plan().environment())) {
            return switch (means.hand(session, prepared)) {
                case Handed.Taken _ -> true;
                case Handed.PortsReplaced _ -> false;
            };
        }
    }

    // The work is done on a thread that nobody interrupts: an interrupt in the middle of a write
    // would close the journal's
    // file. The caller's interrupt becomes a wish that the work looks at.
    private Outcome withLease(
            Journal journal, Intent intent, Turn turn, EventSink sink, Execution.Factory factory) {
        var cancellation = new Cancellation();
        var work =
                new FutureTask<Outcome>(() ->
                        switch (journal.acquire(intent, turn, cancellation)) {
                            case Acquired.Busy(var holder, var execution) ->
                                    new Outcome.Busy(holder, execution);
                            case Acquired.GivenUp _ -> new Outcome.Interrupted(all(intent));
                            case Acquired.Held(var tenure, var before) -> {
                                var store = target.store(intent.ref());
                                var place =
                                        new Execution.Site(
                                                means, store, tenure, cancellation, sink);
                                var beating = tenure.beating(pulse);
                                try {
                                    yield factory.execution(place).run(before);
                                } finally {
                                    beating.run();
                                }
                            }
                        });
        Thread.ofPlatform().name("execution").daemon().start(work);
        while (true) {
            try {
                return work.get();
            } catch (InterruptedException e) {
                cancellation.request();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                if (e.getCause() instanceof Error failure) {
                    throw failure;
                }
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static boolean isSettled(Optional<EnvironmentRecord> record, long planned) {
        return record.map(found -> found.isSettled() && found.token() == planned).orElse(true);
    }

    private static SortedSet<UnitName> all(Intent intent) {
        var units = new TreeSet<>(intent.starting());
        units.addAll(intent.removing());
        return units;
    }

    private Journal journal(EnvironmentRef ref) {
        return new Journal(target.store(ref), means.clock(), means.ticker());
    }

    static Intent intent(Prepared prepared, String command) {
        var plan = prepared.plan();
        return new Intent(
                plan.environment(),
                plan.target(),
                command,
                plan.hash(),
                plan.inputHash(),
                prepared.desired().graph(),
                starting(plan),
                removing(plan));
    }

    /// The units that have a step: those that change and those that must be started.
    static SortedSet<UnitName> starting(Plan plan) {
        var units = new TreeSet<UnitName>();
        for (var change : plan.changes()) {
            switch (change.action()) {
                case CREATE, UPDATE, RECREATE, ADOPT -> units.add(change.unit());
                case KEEP, PRUNE, CONFLICT -> {}
            }
        }
        plan.starts().forEach(start -> units.add(start.unit()));
        return units;
    }

    static SortedSet<UnitName> removing(Plan plan) {
        var units = new TreeSet<UnitName>();
        plan.changes().stream()
                .filter(change -> change.action() == Action.PRUNE)
                // A single object that leaves a unit which stays is no removal of the unit.
                .filter(change -> !plan.objects().steps().containsKey(change.unit()))
                .forEach(change -> units.add(change.unit()));
        return units;
    }

    private static SortedSet<UnitName> only(UnitName unit) {
        return new TreeSet<>(List.of(unit));
    }
}
