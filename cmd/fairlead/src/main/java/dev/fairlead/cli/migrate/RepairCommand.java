package dev.fairlead.cli.migrate;

import dev.fairlead.cli.Session;
import dev.fairlead.migrate.Migrations;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead migrate repair`.
@Command(
        name = "repair",
        description = {
            "Records what a person decided where a run cannot go on by itself: a migration that was changed",
            "after it ran, a part of which nobody knows whether it ran, a chain that somebody broke."
        },
        footer =
                "  fairlead migrate repair --accept users.sql.3 --reason 'a comment' --unit guestbook-db")
final class RepairCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();

    @Option(
            names = "--accept",
            paramLabel = "KEY",
            description =
                    "The new text of this applied migration is right; '*' for all. May be repeated.")
    List<String> accept = List.of();

    @Option(
            names = "--done",
            paramLabel = "KEY#STEP",
            description = "This unfinished step counts as done. May be repeated.")
    List<String> done = List.of();

    @Option(
            names = "--again",
            paramLabel = "KEY#STEP",
            description = "This unfinished step runs once more. May be repeated.")
    List<String> again = List.of();

    @Option(
            names = "--chain",
            description = "The rows of the history as they are become the valid ones.")
    boolean chain;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why; the history keeps it.")
    String reason = "";

    RepairCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var at = place.open(session)) {
            var how = new Migrations.Repair(accept, done, again, chain);
            var running = new Running(session);
            return running.ended(
                    running.watched(
                            at.migrations().with(new RunFlags().options(session)),
                            run -> run.repair(how, reason)));
        }
    }
}
