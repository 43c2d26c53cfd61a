package dev.fairlead.cli.migrate;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Session;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.schema.PlanLines;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fairlead migrate down`.
@Command(
        name = "down",
        description = {
            "Undoes applied migrations, the last first, as far as --to or --steps says.",
            "Shows the plan and asks; a missing way back is named, with its fallback."
        },
        footer = "  fairlead migrate down --steps 1 --unit guestbook-db")
final class MigrateDownCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();
    @Mixin private final GoalFlags goal = new GoalFlags();
    @Mixin private final RunFlags flags = new RunFlags();

    MigrateDownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!goal.given()) {
            throw Problem.error(CliCode.USAGE, "how far down is not said")
                    .withHint("--steps 1 undoes the last migration, --to KEY all after KEY")
                    .thrown();
        }
        try (var at = place.open(session)) {
            var migrations = at.migrations().with(flags.options(session));
            var plan = migrations.planDown(goal.goal());
            PlanLines.of(plan).lines().forEach(line -> session.console().err().println(line));
            if (!plan.problems().isEmpty()) {
                if (session.json()) {
                    Report.json(session.console(), plan.problems());
                } else {
                    Report.text(session.console(), plan.problems());
                }
                return ExitCode.of(plan.problems());
            }
            if (!plan.steps().isEmpty()) {
                session.confirm("Undo this in " + plan.databaseName() + "?");
            }
            var running = new Running(session);
            return running.ended(running.watched(migrations, run -> run.down(goal.goal())));
        }
    }
}
