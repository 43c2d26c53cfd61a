package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.target.local.system.Fifo;
import dev.fairlead.target.local.system.Signals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs a command of the unit and looks at its exit code. What it prints is evidence, not output of the unit.
final class ExecProbe implements Probe {
    private static final Duration SOON = Duration.ofMillis(250);
    private static final Duration SLOWLY = Duration.ofSeconds(30);
    private static final int LIMIT_SECONDS = 10;

    private final Job job;
    private final List<Marked> command;

    ExecProbe(Job job, List<Marked> command) {
        this.job = job;
        this.command = command;
    }

    @Override
    public Duration every(boolean settled) {
        return settled ? SLOWLY : SOON;
    }

    @Override
    public Optional<Cause> unanswered() {
        return Optional.of(cause("the check " + name() + " has not ended yet", List.of()));
    }

    @Override
    public Optional<Cause> look() throws InterruptedException {
        return switch (job.find(command, Mark.Role.PROBE)) {
            case Found.Missing(var cause) -> Optional.of(cause);
            case Found.Program(var program) -> run(program);
        };
    }

    private Optional<Cause> run(List<String> words) throws InterruptedException {
        try {
            var pipe = job.folder().probeOutput();
            Fifo.make(pipe);
            try (var stream = job.output().open(pipe, false, _ -> {})) {
                var child = job.start(words, Mark.Role.PROBE, pipe);
                try {
                    var exit = child.exit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
                    return exit.success()
                            ? Optional.empty()
                            : Optional.of(cause("the check " + name() + " " + exit, stream.end()));
                } catch (TimeoutException e) {
                    return Optional.of(
                            cause(
                                    "the check %s did not end within %d s"
                                            .formatted(name(), LIMIT_SECONDS),
                                    stream.end()));
                } finally {
                    if (!child.exit().isDone()) {
                        Signals.sendToGroup(child.pid(), Signals.KILL);
                    }
                }
            }
        } catch (IOException e) {
            var program = Path.of(words.getFirst());
            return Optional.of(Causes.notStarted(program, String.valueOf(e.getMessage())));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process is never exceptional", e);
        }
    }

    private String name() {
        return String.valueOf(command.getFirst());
    }

    private static Cause cause(String what, List<String> evidence) {
        return new Cause(CauseCode.PROBE_PENDING, what, List.of(), evidence);
    }
}
