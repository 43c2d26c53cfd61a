package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.target.local.output.Logs;
import dev.fairlead.target.local.output.Output;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.system.Exit;
import dev.fairlead.target.local.system.Fifo;
import dev.fairlead.target.local.system.MemoryKills;
import dev.fairlead.target.local.system.ProcessId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The life of a command that stays, or of a task.
final class ProcessLife implements Life {
    private final Job job;
    private final Board board;
    private final LineWatch lines;
    private final boolean task;
    private final List<dev.fairlead.diagnostic.Marked> command;
    private final Optional<DevMode> dev;
    private final Hearing heard = new Hearing();
    private final BlockingQueue<Boolean> wakes = new LinkedBlockingQueue<>();
    private RestartPolicy policy;
    private Optional<Running> adopted;
    private boolean everReady;
    private long memoryKills;
    private @Nullable Watch watch;
    private @Nullable CompletableFuture<Boolean> asked;
    private @Nullable CompletableFuture<Boolean> reloading;

    /// @param adopted a process of this unit that runs already with the same content
    ProcessLife(Job job, Optional<Running> adopted) {
        this.job = job;
        this.board = job.board();
        this.policy = new RestartPolicy(job.spec().run().restart());
        this.adopted = adopted;
        this.lines = new LineWatch(job.spec().run().ready());
        this.everReady = adopted.filter(Running::wasReady).isPresent();
        this.dev = job.spec().run().dev().map(block -> new DevMode(job, block, this::reload));
        switch (job.spec().run().work()) {
            case Work.Task(var words, _) -> {
                task = true;
                command = words;
            }
            case Work.Command(var words) -> {
                task = false;
                command = words;
            }
            case Work.Agent _, Work.StaticFiles _, Work.Postgres _ ->
                    throw new IllegalArgumentException("not a process: " + job.spec().name());
        }
    }

    @Override
    public void live() throws InterruptedException {
        try {
            Fifo.make(job.folder().output());
        } catch (IOException e) {
            board.become(UnitState.FAILED, Causes.notStarted(String.valueOf(e.getMessage())));
            return;
        }
        try (var output = job.output().open(job.folder().output(), true, lines)) {
            if (task && adopted.isEmpty()) {
                taskInTurn(output);
            } else {
                rounds(output);
            }
        } catch (IOException e) {
            board.become(UnitState.FAILED, Causes.notStarted(String.valueOf(e.getMessage())));
        } finally {
            dev.ifPresent(DevMode::close);
        }
    }

    /// Slots that share a folder run the same task once: the others wait for it, and take its success for theirs.
    private void taskInTurn(Output.Stream output) throws InterruptedException {
        try (var _ = OneAtATime.enter(Tasks.key(job))) {
            if (Tasks.adopt(job)) {
                job.output().say("another slot has done this in the same folder");
                board.become(UnitState.READY);
                return;
            }
            Durable.write(job.folder().taskRoot(), job.root().toString());
            rounds(output);
        }
    }

    private void rounds(Output.Stream output) throws InterruptedException {
        if (adopted.isPresent() && everReady) {
            // Since when it is ready says nothing about when it printed the line: that may be long
            // ago.
            lines.remember();
        } else if (adopted.isPresent()) {
            // The line may have been read by the supervisor that was killed.
            Durable.read(job.folder().begin())
                    .ifPresent(begin -> Logs.after(job.folder().log(), begin).forEach(lines));
        }
        boolean more = true;
        if (dev.isPresent()) {
            var broken = dev.get().begin(adopted.isPresent());
            more = broken.isEmpty() || failed(broken.get());
        }
        while (more) {
            var attempt = adopted.isPresent() ? new Attempt.Started(adopted.get()) : start(output);
            adopted = Optional.empty();
            more =
                    switch (attempt) {
                        case Attempt.Refused(var cause) -> failed(cause);
                        case Attempt.Started(var running) -> watched(running, output);
                    };
        }
    }

    @Override
    public CompletableFuture<Void> look() {
        var current = watching();
        return current == null ? CompletableFuture.completedFuture(null) : current.lookNow();
    }

    private synchronized @Nullable Watch watching() {
        return watch;
    }

    /// Asks for a fresh process, whatever happens at the moment.
    ///
    /// @return whether the fresh one became ready
    private synchronized CompletableFuture<Boolean> reload() {
        var fresh = new CompletableFuture<Boolean>();
        asked = fresh;
        var current = watch;
        if (current != null) {
            current.reload();
        } else {
            wakes.add(true);
        }
        return fresh;
    }

    private synchronized void begun() {
        if (asked != null) {
            reloading = asked;
            asked = null;
        }
    }

    /// @return whether a reload waited for it
    private synchronized boolean settled(boolean ready) {
        var waiting = reloading;
        reloading = null;
        return waiting != null && waiting.complete(ready);
    }

    private synchronized void watch(@Nullable Watch current) {
        watch = current;
        if (current != null && asked != null) {
            current.reload(); // asked between the start and the watch
        }
    }

    private sealed interface Attempt {
        record Started(Running running) implements Attempt {}

        record Refused(Cause cause) implements Attempt {}
    }

    private Attempt start(Output.Stream output) throws InterruptedException {
        begun();
        wakes.clear();
        // Whatever is left of an earlier process, ours or one that a killed supervisor started,
        // goes first.
        new Ender(job.mark()).end(OptionalInt.empty(), job.spec().run().stop());
        var found = job.find(command, Mark.Role.MAIN);
        if (found instanceof Found.Missing(var cause)) {
            return new Attempt.Refused(cause);
        }
        var taken = Causes.portTaken(job.spec().run().ports());
        if (taken.isPresent()) {
            return new Attempt.Refused(taken.get());
        }
        var program = ((Found.Program) found).command();
        output.begin();
        lines.begin();
        remember();
        dev.ifPresent(DevMode::starts);
        try {
            var child =
                    job.start(
                            task
                                    ? Tasks.launched(program, job.spec().hash(), job.folder())
                                    : program,
                            Mark.Role.MAIN,
                            job.folder().output());
            board.runs(ProcessId.find(child.pid()));
            return new Attempt.Started(new Running(child.pid(), child.exit(), false));
        } catch (IOException e) {
            return new Attempt.Refused(
                    Causes.notStarted(Path.of(program.getFirst()), String.valueOf(e.getMessage())));
        }
    }

    /// Another supervisor may have to look for the line that this process says it is ready by.
    private void remember() {
        if (job.spec().run().ready() instanceof Ready.Log) {
            try {
                Durable.writeFast(job.folder().begin(), job.output().position());
            } catch (IOException | ProblemException e) {
                job.output().say("not kept: where this output begins: " + e.getMessage());
            }
        }
    }

    /// @return whether there is another round
    private boolean watched(Running running, Output.Stream output) throws InterruptedException {
        memoryKills = MemoryKills.count();
        var probe = Probes.of(job, lines, running.pid(), output::lastLines);
        var watch = new Watch(board, probe, running, limits(), heard);
        watch(watch);
        var ended = watch.untilEnd();
        watch(null);
        var stop = job.spec().run().stop();
        switch (ended) {
            case Ended.ByItself _ -> board.runs(Optional.empty());
            case Ended.TooLong _, Ended.ForReload _ -> {}
        }
        new Ender(job.mark()).end(OptionalInt.of(running.pid()), stop);
        board.runs(Optional.empty());
        var lastLines = output.end();
        return switch (ended) {
            case Ended.ByItself end -> task ? taskEnded(end, lastLines) : ended(end, lastLines);
            case Ended.TooLong(var timeout) ->
                    failed(
                            Causes.task(
                                    "the task did not end within " + Causes.seconds(timeout),
                                    lastLines));
            case Ended.ForReload() -> {
                board.become(UnitState.STARTING);
                everReady = false;
                policy = new RestartPolicy(job.spec().run().restart());
                yield true;
            }
        };
    }

    /// A task's own end is what counts; one that takes long is not started a second time because of it.
    private Watch.Limits limits() {
        var run = job.spec().run();
        return task
                ? new Watch.Limits(Optional.empty(), run.timeout())
                : new Watch.Limits(Optional.of(run.readyTimeout()), Optional.empty());
    }

    private final class Hearing implements Watch.Heard {
        private boolean wasLate;

        @Override
        public void ready() {
            if (wasLate) {
                board.tell(Event.Kind.READY, "ready after all", Optional.empty());
            } else if (everReady && !task) {
                board.tell(Event.Kind.READY, "ready again", Optional.empty());
            }
            wasLate = false;
            everReady = true;
            settled(true);
        }

        // The first start is watched by an execution, which tells the same.
        @Override
        public void late(Cause cause) {
            wasLate = true;
            if (settled(false) || everReady) {
                board.tell(Event.Kind.FAILED, cause);
            }
        }
    }

    private boolean taskEnded(Ended.ByItself end, List<String> lastLines)
            throws InterruptedException {
        // An adopted task's exit code is known by its launcher's note only.
        var noted = Tasks.ended(job.spec().hash(), job.folder());
        if (noted.isPresent() && noted.getAsInt() == 0) {
            board.become(UnitState.READY);
            return false;
        }
        var exit = noted.isPresent() ? new Exit(noted, OptionalInt.empty()) : end.exit();
        var how = new Causes.End(exit, end.lived(), MemoryKills.count() > memoryKills);
        return failed(Causes.task(how.toString(), lastLines));
    }

    private boolean ended(Ended.ByItself end, List<String> lastLines) throws InterruptedException {
        var how = new Causes.End(end.exit(), end.lived(), MemoryKills.count() > memoryKills);
        var cause =
                Causes.robbed(job.spec().run().ports(), how, lastLines)
                        .orElseGet(() -> Causes.exited(how, lastLines));
        if (!everReady) {
            return failed(cause);
        }
        var wait = policy.after(end.exit(), end.readyFor());
        if (wait.isEmpty()) {
            var certain =
                    policy.tries() > 0 ? Causes.gaveUp(how, policy.tries(), lastLines) : cause;
            board.tell(Event.Kind.FAILED, certain);
            return failed(certain);
        }
        board.become(UnitState.DEGRADED, cause);
        board.tell(
                Event.Kind.PROGRESS,
                cause.what() + "; started again in " + Causes.seconds(wait.get()),
                Optional.empty());
        // An edit does not wait for the backoff.
        if (wakes.poll(wait.get().toMillis(), TimeUnit.MILLISECONDS) == null) {
            board.restarted();
        }
        return true;
    }

    /// @return whether there is another try
    private boolean failed(Cause cause) throws InterruptedException {
        board.become(UnitState.FAILED, cause);
        job.output().say(cause.what());
        settled(false);
        if (dev.isEmpty()) {
            return false;
        }
        wakes.take(); // an edit tries again
        board.become(UnitState.STARTING);
        everReady = false;
        return true;
    }
}
