package dev.fairlead.cli.pod;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Interrupts;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.document.Json;
import dev.fairlead.engine.sync.Receiver;
import dev.fairlead.engine.sync.Synced;
import dev.fairlead.engine.sync.Syncing;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead sync`.
@Command(
        name = "sync",
        description = {
            "Brings the checkout into the workspace of an environment on Kubernetes: what differs is",
            "written, each file at once, and what left is deleted. What .gitignore and .fairleadignore",
            "leave out is not brought; what pods made stays."
        },
        footer = "  fairlead sync -e ai --slot 3 --watch")
public final class SyncCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();

    @Option(
            names = {"-w", "--watch"},
            description = "Goes on after each change, until Ctrl-C.")
    boolean watch;

    @Option(names = "--receive", hidden = true, description = "The other side, in the pod.")
    boolean receive;

    public SyncCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (receive) {
            new Receiver(Path.of(""))
                    .serve(
                            new FileInputStream(FileDescriptor.in),
                            new FileOutputStream(FileDescriptor.out));
            return ExitCode.DONE;
        }
        var request = new Requests(session).whole(argument.stack());
        var syncing = session.engine().syncing(request);
        session.engine().touch(request, "sync");
        if (!watch) {
            print(Syncing.done(syncing.once()));
            return ExitCode.DONE;
        }
        var waiting = Thread.currentThread();
        try (var _ = Interrupts.handledBy(waiting::interrupt)) {
            syncing.watch(this::print, why -> session.say(why + "; it is tried again"));
        } catch (InterruptedException e) {
            return ExitCode.DONE; // asked for
        }
        return ExitCode.DONE;
    }

    private void print(Synced synced) {
        var out = session.console().out();
        if (!session.json()) {
            out.println("synced " + synced);
        } else if (watch) {
            var line = new LinkedHashMap<String, Object>();
            line.put("version", 1);
            line.putAll(shape(synced));
            out.println(Json.compact(line));
        } else {
            session.printJson(shape(synced));
        }
        out.flush();
    }

    /// What `-o json` prints, without its version.
    public static Map<String, Object> shape(Synced synced) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("files", synced.files());
        tree.put("written", synced.written());
        tree.put("deleted", synced.deleted());
        tree.put("bytes", synced.bytes());
        tree.put("ms", synced.took().toMillis());
        return tree;
    }
}
