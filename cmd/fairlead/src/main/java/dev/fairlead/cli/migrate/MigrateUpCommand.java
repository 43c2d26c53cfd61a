package dev.fairlead.cli.migrate;

import dev.fairlead.cli.Session;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead migrate up`.
@Command(
        name = "up",
        description = {
            "Runs what is pending. Of many at once one runs it, the others see that it is done.",
            "Ended half way by anything, the next run goes on where it was."
        },
        footer = "  fairlead migrate up --unit guestbook-db")
final class MigrateUpCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();
    @Mixin private final GoalFlags goal = new GoalFlags();
    @Mixin private final RunFlags flags = new RunFlags();

    @Option(
            names = "--background",
            description = "The background migrations too, after the others.")
    boolean background;

    @Option(
            names = "--plan",
            paramLabel = "HASH",
            description = "Only this plan, as `migrate plan` named it; else exit 5.")
    @Nullable String plan;

    MigrateUpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var at = place.open(session)) {
            if (at.guarded()) {
                session.confirm("This environment is protected. Migrate its database?");
            }
            var options = flags.options(session).withGoal(goal.goal()).withBackground(background);
            var expected = plan;
            var migrations =
                    at.migrations()
                            .with(expected == null ? options : options.withExpectedPlan(expected));
            var running = new Running(session);
            return running.ended(running.watched(migrations, run -> run.up()));
        }
    }
}
