package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.system.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/// The life of an agent, which waits to be run. Commands watch their own runs; what is left here is to end a run whose
/// time is over and whose command is not there any more to do so.
final class AgentLife implements Life {
    private static final Duration LOOK = Duration.ofSeconds(2);

    /// What a command needs to end its run by itself, beside the grace of the agent.
    private static final Duration LATER = Duration.ofSeconds(3);

    private final Job job;

    AgentLife(Job job) {
        this.job = job;
    }

    @Override
    public void live() throws InterruptedException {
        job.board().become(UnitState.READY);
        var runs = new AgentRuns(job.folder());
        var later = LATER.plus(job.spec().run().stop().grace());
        while (true) {
            for (var run : runs.overdue(later)) {
                end(run);
            }
            Pause.of(LOOK);
        }
    }

    private void end(AgentRuns.Found run) throws InterruptedException {
        var mark = AgentRuns.mark(job.folder(), run.id());
        boolean left = !mark.processes().isEmpty();
        new Ender(mark).end(OptionalInt.empty(), job.spec().run().stop());
        Durable.delete(run.pipe());
        if (left) {
            job.board()
                    .tell(
                            Event.Kind.PROGRESS,
                            "run %s took longer than %d s and was ended; the command that began it is gone"
                                    .formatted(run.id(), run.most().toSeconds()),
                            Optional.empty());
        }
    }
}
