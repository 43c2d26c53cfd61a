package dev.fairlead.cli.migrate;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.engine.schema.Findings;
import dev.fairlead.engine.schema.MigrationShapes;
import dev.fairlead.engine.schema.PlanLines;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/// `fairlead migrate plan`.
@Command(
        name = "plan",
        description = {
            "Shows what would run, which locks it takes, what lint finds, and what stands against it.",
            "Reads only: no lock is taken, no table is made."
        },
        footer =
                "  fairlead migrate plan --database postgresql://localhost/shop --source migrations")
final class MigratePlanCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();
    @Mixin private final GoalFlags goal = new GoalFlags();

    @Option(
            names = "--allow-out-of-order",
            description = "Plan as if lower numbers may run after higher ones.")
    boolean outOfOrder;

    @Option(names = "--down", description = "The way back, with --to or --steps.")
    boolean down;

    @Option(names = "--exit-code", description = "End with 2 when there is something to do.")
    boolean exitCode;

    MigratePlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var at = place.open(session)) {
            var options =
                    new RunFlags()
                            .options(session)
                            .withOutOfOrder(outOfOrder)
                            .withGoal(down ? dev.fairlead.migrate.plan.Goal.ALL : goal.goal());
            var migrations = at.migrations().with(options);
            var plan =
                    down
                            ? Findings.in(migrations.planDown(goal.goal()), at.files())
                            : Findings.in(migrations.plan(), at.files(), migrations.live());
            if (session.json()) {
                session.printJson(MigrationShapes.plan(plan));
            } else {
                var out = session.console().out();
                var text = PlanLines.of(plan);
                text.lines().forEach(out::println);
                out.println(
                        "%s: %s (plan %s)"
                                .formatted(
                                        plan.databaseName(),
                                        text.reason(),
                                        plan.hash().substring(0, 12)));
            }
            return exitCode && !plan.nothingToDo() ? ExitCode.DIFFERENCES : ExitCode.DONE;
        }
    }
}
