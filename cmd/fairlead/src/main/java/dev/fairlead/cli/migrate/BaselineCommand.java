package dev.fairlead.cli.migrate;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.Session;
import dev.fairlead.diagnostic.Problem;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead migrate baseline`.
@Command(
        name = "baseline",
        description = {
            "Records migrations as applied without running them, up to and with --to:",
            "for a database whose schema was there before. A goose table needs none, it is taken over."
        },
        footer =
                "  fairlead migrate baseline --to 7 --reason 'restored from a dump' --unit guestbook-db")
final class BaselineCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();
    @Mixin private final GoalFlags goal = new GoalFlags();

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "Why; the history keeps it.")
    String reason = "";

    BaselineCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!goal.given()) {
            throw Problem.error(CliCode.USAGE, "how far the schema is there is not said")
                    .withHint("--to KEY: up to and with this migration")
                    .thrown();
        }
        try (var at = place.open(session)) {
            session.confirm(
                    "Record migrations of " + at.name() + " as applied without running them?");
            var running = new Running(session);
            return running.ended(
                    running.watched(
                            at.migrations().with(new RunFlags().options(session)),
                            run -> run.baseline(goal.goal(), reason)));
        }
    }
}
