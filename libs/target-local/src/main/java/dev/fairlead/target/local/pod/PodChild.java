package dev.fairlead.target.local.pod;

import dev.fairlead.deploy.reload.Child;
import dev.fairlead.deploy.reload.Standing;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.target.local.supervisor.Found;
import dev.fairlead.target.local.system.Exit;
import dev.fairlead.target.local.system.Pause;
import dev.fairlead.target.local.system.Reaper;
import dev.fairlead.target.local.system.Signals;
import dev.fairlead.target.local.system.Spawn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The process of the unit. When it ends by itself it is started again, later each time: in a pod nobody but this does.
final class PodChild implements Child {
    // That of this process. Its own is closed in the child before this is opened.
    private static final Path OUTPUT = Path.of("/proc/" + ProcessHandle.current().pid() + "/fd/1");
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final Duration KILLED_WITHIN = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final int LAST_LINES = 40;

    private final DevRun unit;
    private final Map<String, String> environment;
    private final Reaper reaper;
    private final Consumer<String> say;
    private Reaper.@Nullable Child process;
    private Duration pause = Duration.ofSeconds(1);

    PodChild(DevRun unit, Map<String, String> environment, Reaper reaper, Consumer<String> say) {
        this.unit = unit;
        this.environment = Map.copyOf(environment);
        this.reaper = reaper;
        this.say = say;
    }

    /// The first build and start.
    ///
    /// @return the digest that is served; empty when nothing is
    String begin(String digest) throws InterruptedException {
        var failed = build(digest);
        if (failed.isPresent()) {
            say.accept("waits for the next change");
            return "";
        }
        start();
        return digest;
    }

    @Override
    public Optional<String> build(String digest) throws InterruptedException {
        if (!Files.isDirectory(unit.folder())) {
            return failed(
                    unit.folder() + " is not in the workspace yet: `fairlead sync` brings it");
        }
        var words = unit.dev().build();
        return words.isEmpty()
                ? Optional.empty()
                : switch (Found.in(words, unit.folder(), environment)) {
                    case Found.Missing(var cause) -> failed(cause.what());
                    case Found.Program(var program) -> built(program);
                };
    }

    private Optional<String> failed(String why) {
        say.accept(why);
        return Optional.of(why);
    }

    private Optional<String> built(List<String> program) throws InterruptedException {
        var output = unit.scratch().resolve("build.log");
        long begun = System.nanoTime();
        try {
            Files.deleteIfExists(output);
            var child = reaper.start(new Spawn(program, environment, unit.folder(), output, false));
            try {
                var exit = child.exit().get();
                var lines = Files.readString(output, StandardCharsets.UTF_8).lines().toList();
                lines.forEach(say);
                if (!exit.success()) {
                    return Optional.of(failure(exit, lines));
                }
                var took = Duration.ofNanos(System.nanoTime() - begun);
                say.accept("built in %d ms".formatted(took.toMillis()));
                return Optional.empty();
            } finally {
                if (!child.exit().isDone()) {
                    Signals.sendToGroup(child.pid(), Signals.KILL);
                }
            }
        } catch (IOException e) {
            return failed("the build cannot be run: " + e.getMessage());
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process is never exceptional", e);
        }
    }

    private static String failure(Exit exit, List<String> lines) {
        return lines.isEmpty()
                ? "the build " + exit
                : String.join(
                        "\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    }

    @Override
    public boolean restart() throws InterruptedException {
        end();
        pause = Duration.ofSeconds(1);
        return start() && becomesReady();
    }

    @Override
    public void stands(Standing standing) {
        if (standing.failedBuild().isPresent()) {
            say.accept("the build failed" + (runs() ? "; the former process goes on" : ""));
        }
        standing.editToServed()
                .ifPresent(took ->
                        say.accept("served %d ms after the edit".formatted(took.toMillis())));
        if (standing.current() && unit.dev().toolReloads() && !runs()) {
            start(); // the first build had failed
        }
    }

    private synchronized boolean runs() {
        return process != null && !process.exit().isDone();
    }

    private synchronized boolean start() {
        var words = unit.command().stream().map(Marked::plain).toList();
        switch (Found.in(words, unit.folder(), environment)) {
            case Found.Missing(var cause) -> {
                say.accept(cause.what());
                return false;
            }
            case Found.Program(var program) -> {
                try {
                    var started =
                            reaper.start(
                                    new Spawn(program, environment, unit.folder(), OUTPUT, false));
                    process = started;
                    var _ =
                            started.exit()
                                    .thenAccept(exit ->
                                            Thread.ofVirtual().start(() -> ended(started, exit)));
                    return true;
                } catch (IOException e) {
                    say.accept(String.valueOf(e.getMessage()));
                    return false;
                }
            }
        }
    }

    /// It ended; unless somebody ended it, it is started again.
    private void ended(Reaper.Child which, Exit exit) {
        Duration wait;
        synchronized (this) {
            if (!which.equals(process)) {
                return;
            }
            wait = pause;
            var twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
        }
        say.accept("the process %s; it is started again in %d s".formatted(exit, wait.toSeconds()));
        try {
            Pause.of(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        synchronized (this) {
            if (which.equals(process)) {
                start();
            }
        }
    }

    private boolean becomesReady() throws InterruptedException {
        if (unit.ready().isEmpty()) {
            return true;
        }
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (runs() && System.nanoTime() - deadline < 0) {
            if (unit.ready().get().now()) {
                return true;
            }
            Pause.of(LOOK);
        }
        return false;
    }

    /// Ends the process and what it started: politely, after its grace by KILL.
    void end() throws InterruptedException {
        Reaper.Child running;
        synchronized (this) {
            running = process;
            process = null;
        }
        if (running == null) {
            return;
        }
        int polite = Signals.number(unit.stop().signal()).orElse(Signals.TERM);
        Signals.sendToGroup(running.pid(), polite);
        if (!endsWithin(running, unit.stop().grace())) {
            Signals.sendToGroup(running.pid(), Signals.KILL);
            var _ = endsWithin(running, KILLED_WITHIN);
        }
        Signals.sendToGroup(running.pid(), Signals.KILL); // what it left behind in its group
    }

    private static boolean endsWithin(Reaper.Child child, Duration limit)
            throws InterruptedException {
        try {
            child.exit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process is never exceptional", e);
        }
    }
}
