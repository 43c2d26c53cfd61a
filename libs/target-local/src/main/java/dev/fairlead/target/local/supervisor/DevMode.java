package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.reload.Child;
import dev.fairlead.deploy.reload.Reloader;
import dev.fairlead.deploy.reload.Standing;
import dev.fairlead.deploy.reload.WatchedFiles;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.target.local.output.Output;
import dev.fairlead.target.local.state.Build;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.system.Exit;
import dev.fairlead.target.local.system.Fifo;
import dev.fairlead.target.local.system.Reaper;
import dev.fairlead.target.local.system.Signals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A unit with a `dev:` block: builds before the first start and after edits, and asks for a fresh process.
final class DevMode implements Child, AutoCloseable {
    private final Job job;
    private final Dev dev;
    private final Supplier<CompletableFuture<Boolean>> reload;
    private final WatchedFiles files;
    private volatile String digest = "";
    private @Nullable Reloader reloader;

    /// @param reload replaces the process
    DevMode(Job job, Dev dev, Supplier<CompletableFuture<Boolean>> reload) {
        this.job = job;
        this.dev = dev;
        this.reload = reload;
        this.files = new WatchedFiles(job.root(), job.workingDir(), dev);
    }

    /// Builds what is not built yet, and starts to watch.
    ///
    /// @param runs a process runs already; what it was started from is compared with what lies on the disk
    /// @return why the build failed
    Optional<Cause> begin(boolean runs) throws InterruptedException {
        Optional<String> failed = Optional.empty();
        if (runs) {
            digest = Durable.read(job.folder().served()).orElse("");
        } else {
            digest = files.digest();
            failed = build(digest);
        }
        // An execution watches the first start, and tells of it.
        show(new Standing(failed.isEmpty(), Optional.empty(), failed));
        var begun = Reloader.start(files, dev, this, digest);
        reloader = begun;
        job.output().say("watches " + String.join(", ", dev.watch()) + " " + begun.how());
        return failed.map(this::broken);
    }

    private Cause broken(String lines) {
        return Causes.build(
                "the build " + dev.build().getFirst() + " failed", lines.lines().toList());
    }

    /// The process is about to be started from what was built last.
    void starts() {
        Durable.writeFast(job.folder().served(), digest);
    }

    @Override
    public Optional<String> build(String of) throws InterruptedException {
        if (!dev.build().isEmpty()) {
            var built =
                    Build.of(
                            job.folder(),
                            job.workingDir(),
                            dev.build().stream()
                                    .map(Marked::reveal)
                                    .collect(Collectors.joining("\n")));
            try (var _ = OneAtATime.enter("build " + built.key())) {
                var failed = built.isOf(of) ? Optional.<String>empty() : build();
                if (failed.isPresent()) {
                    return failed;
                }
                built.keep(of);
            }
        }
        digest = of;
        return Optional.empty();
    }

    private Optional<String> build() throws InterruptedException {
        return switch (job.find(dev.build(), Mark.Role.BUILD)) {
            case Found.Missing(var cause) -> Optional.of(cause.what());
            case Found.Program(var program) -> run(program);
        };
    }

    private Optional<String> run(List<String> program) throws InterruptedException {
        var pipe = job.folder().buildOutput();
        try {
            Fifo.make(pipe);
            try (var stream = job.output().open(pipe, true, _ -> {})) {
                var child = job.start(program, Mark.Role.BUILD, pipe);
                try {
                    var exit = end(child, stream);
                    var lines = stream.end();
                    return exit.success()
                            ? Optional.empty()
                            : Optional.of(
                                    lines.isEmpty()
                                            ? "the build " + exit
                                            : String.join("\n", lines));
                } finally {
                    if (!child.exit().isDone()) {
                        Signals.sendToGroup(child.pid(), Signals.KILL);
                    }
                }
            }
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a process is never exceptional", e);
        }
    }

    /// Waits for it, and says so for as long as nothing runs yet.
    private Exit end(Reaper.Child build, Output.Stream stream)
            throws InterruptedException, ExecutionException {
        while (!ended(build)) {
            if (job.board().status().state() == UnitState.STARTING) {
                var name = dev.build().getFirst().toString();
                job.board().become(UnitState.STARTING, Causes.building(name, stream.lastLines()));
            }
        }
        return build.exit().get();
    }

    private static boolean ended(Reaper.Child build)
            throws InterruptedException, ExecutionException {
        try {
            build.exit().get(1, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    public boolean restart() throws InterruptedException {
        try {
            var run = job.spec().run();
            long limit = run.readyTimeout().plus(run.stop().grace()).toMillis();
            return reload.get().get(limit, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return false; // it may still become ready; its status says what it waits for
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reload is never exceptional", e);
        }
    }

    @Override
    public void stands(Standing standing) {
        show(standing);
        standing.editToServed()
                .ifPresent(took -> {
                    job.touch("an edit of " + job.spec().name() + " was served");
                    job.board().tell(Event.Kind.READY, "reloaded after an edit", Optional.of(took));
                });
        standing.failedBuild()
                .ifPresent(lines -> job.board().tell(Event.Kind.FAILED, broken(lines)));
    }

    private void show(Standing standing) {
        job.board()
                .reloads(
                        new UnitStatus.Reload(
                                standing.current(),
                                standing.editToServed(),
                                standing.failedBuild()));
    }

    @Override
    public void close() {
        var open = reloader;
        if (open != null) {
            open.close();
        }
    }
}
