package dev.fairlead.cli.change;

import dev.fairlead.cli.Report;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Interrupts;
import dev.fairlead.cli.live.Display;
import dev.fairlead.deploy.event.EventSink;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.history.ExecutionReport;
import dev.fairlead.deploy.history.Executions;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.engine.Shapes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Something that the engine carries out while a person watches: drawn live, ended by Ctrl-C in a state that the next run
/// goes on from.
public final class Execution {
    private final Session session;
    private final Executions executions = new Executions();

    public Execution(Session session) {
        this.session = session;
    }

    /// @param plan what is about to be carried out, where that is known and not empty
    public Outcome watched(Optional<Plan> plan, Function<EventSink, Outcome> work) {
        return watched(plan, false, work);
    }

    /// Taking units down.
    public Outcome watchedRemoval(Function<EventSink, Outcome> work) {
        return watched(Optional.empty(), true, work);
    }

    private Outcome watched(
            Optional<Plan> plan, boolean removal, Function<EventSink, Outcome> work) {
        var worker = Thread.currentThread();
        try (var _ = Interrupts.handledBy(worker::interrupt);
                Display display = session.display(removal)) {
            plan.filter(known -> !known.isEmpty()).ifPresent(display::planned);
            return work.apply(event -> {
                executions.take(event);
                display.event(event);
            });
        } finally {
            // Ctrl-C that came too late for the work must not end the waiting of what follows.
            var _ = Thread.interrupted();
        }
    }

    /// What was watched so far, one after the other.
    List<ExecutionReport> reports() {
        return executions.list(Optional.empty());
    }

    /// Reports how it ended.
    ///
    /// @param more what the command adds to the JSON shape
    /// @return the exit code
    public int ended(Outcome outcome, Map<String, ?> more) {
        if (session.json()) {
            var shape = Shapes.outcome(outcome);
            shape.putAll(more);
            session.printJson(shape);
        } else {
            Report.text(session.console(), outcome.problems());
        }
        return outcome.exitCode();
    }
}
