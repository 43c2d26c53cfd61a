package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.mask.Masks;
import dev.fairlead.deploy.target.AgentRun.End;
import dev.fairlead.deploy.target.AgentRun.Listener;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.target.local.output.Output;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.system.Exit;
import dev.fairlead.target.local.system.Fifo;
import dev.fairlead.target.local.system.Poller;
import dev.fairlead.target.local.system.Reaper;
import dev.fairlead.target.local.system.Signals;
import dev.fairlead.target.local.system.Spawn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A run of an agent: started as the processes of units are, in a group of its own and with the agent's mark, so that what
/// the command that watches it leaves behind when it is killed goes with the agent. What it started ends with it.
///
/// It is the business of whoever asked for it; a supervisor ends it only when its time is over and it is still there
/// ({@link AgentRuns}).
public final class AgentProcess {
    private final UnitFolder folder;
    private final Given given;
    private final Clock clock;
    private final Mark mark;

    /// What is run.
    ///
    /// @param id tells it from other runs of its agent
    /// @param environment all of it but the mark
    /// @param most how long it may take
    public record Given(
            String id,
            List<Marked> command,
            Path at,
            Map<String, String> environment,
            Stop stop,
            Duration most) {}

    public AgentProcess(UnitFolder folder, Given given, Clock clock) {
        this.folder = folder;
        this.given = given;
        this.clock = clock;
        this.mark = AgentRuns.mark(folder, given.id());
    }

    /// Runs it, and answers when nothing of it is left.
    public End run(Masks masks, Listener listener) throws InterruptedException {
        var environment = new TreeMap<>(given.environment());
        environment.put(Mark.VARIABLE, mark.prefix());
        return switch (Commands.find(given.command(), given.at(), environment)) {
            case Found.Missing(var cause) -> new End.Failed(cause);
            case Found.Program(var program) -> {
                var pipe = AgentRuns.pipe(folder, given.id(), given.most());
                try {
                    Fifo.make(pipe);
                    var output = new Output(folder.log(), masks, new Poller(), clock);
                    try (var stream = output.open(pipe, true, listener::line)) {
                        listener.begun();
                        yield watched(
                                new Spawn(program, environment, given.at(), pipe, false), stream);
                    } finally {
                        output.close();
                    }
                } catch (IOException e) {
                    yield new End.Failed(Causes.notStarted(String.valueOf(e.getMessage())));
                } finally {
                    Durable.delete(pipe);
                }
            }
        };
    }

    private End watched(Spawn spawn, Output.Stream stream)
            throws IOException, InterruptedException {
        var child = new Reaper().start(spawn);
        End end;
        try {
            end = ended(child.exit().get(given.most().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            end = new End.TimedOut(given.most());
        } catch (InterruptedException e) {
            end = new End.Interrupted();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process is never exceptional", e);
        }
        try {
            new Ender(mark).end(OptionalInt.of(child.pid()), given.stop());
        } catch (InterruptedException e) {
            // Asked twice: without grace.
            new Ender(mark).end(OptionalInt.of(child.pid()), new Stop("KILL", Duration.ZERO));
        }
        stream.end();
        return end;
    }

    private static End ended(Exit exit) {
        return new End.Ended(
                exit.code().orElseGet(() -> Signals.EXIT_CODE + exit.signal().orElse(0)));
    }
}
