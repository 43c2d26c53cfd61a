package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.target.local.web.FolderServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/// The life of a folder that is served.
final class StaticLife implements Life {
    private final Job job;
    private final Work.StaticFiles work;
    private final Path folder;
    private final Looks looks;

    StaticLife(Job job, Work.StaticFiles work) {
        this.job = job;
        this.work = work;
        this.folder = job.workingDir().resolve(work.dir()).normalize();
        this.looks = new Looks(job.board(), this::missing);
    }

    @Override
    public CompletableFuture<Void> look() {
        return looks.look();
    }

    private Optional<Cause> missing() {
        return Files.isDirectory(folder)
                ? Optional.empty()
                : Optional.of(
                        new Cause(
                                CauseCode.FOLDER_MISSING,
                                "the folder " + folder + " does not exist",
                                List.of("correct `dir`, or build what it shall hold"),
                                List.of()));
    }

    @Override
    public void live() throws InterruptedException {
        // The unit may have been a command before.
        new Ender(job.mark()).end(OptionalInt.empty(), Stop.DEFAULT);
        var board = job.board();
        var missing = missing();
        if (missing.isPresent()) {
            board.become(UnitState.FAILED, missing.get());
            return;
        }
        var taken = Causes.portTaken(job.spec().run().ports());
        if (taken.isPresent()) {
            board.become(UnitState.FAILED, taken.get());
            return;
        }
        int port = Objects.requireNonNull(job.spec().run().ports().get("http"), "port http");
        try (var server = FolderServer.start(folder, work.spa(), port)) {
            board.become(UnitState.READY);
            job.output().say("serves " + server + " on 127.0.0.1:" + port);
            looks.until(new CompletableFuture<>()); // until the thread is interrupted
        } catch (IOException e) {
            board.become(UnitState.FAILED, Causes.notStarted("cannot serve: " + e.getMessage()));
        }
    }
}
