package dev.fairlead.cli.migrate;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Session;
import dev.fairlead.engine.Shapes;
import dev.fairlead.engine.schema.Findings;
import dev.fairlead.engine.schema.MigrationShapes;
import dev.fairlead.engine.schema.PlanLines;
import dev.fairlead.engine.schema.Workplace;
import dev.fairlead.migrate.Migrations;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.plan.MigrationPlan;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead migrate plan`.
@Command(
        name = "plan",
        description = {
            "Shows what would run, which locks it takes, what lint finds, and what stands against it.",
            "Reads only: no lock is taken, no table is made; but with --rehearse, which says so."
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

    @Option(
            names = "--rehearse",
            description = {
                "Run all of it in one transaction that is rolled back, on this database:",
                "says which locks each step took and how long; 4 when a step would fail."
            })
    boolean rehearse;

    @Option(names = "--exit-code", description = "End with 2 when there is something to do.")
    boolean exitCode;

    MigratePlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var at = place.open(session)) {
            var options =
                    new RunFlags()
                            .options(session)
                            .withOutOfOrder(outOfOrder)
                            .withGoal(down ? Goal.ALL : goal.goal());
            var migrations = at.migrations().with(options);
            if (rehearse) {
                return rehearsed(at, migrations);
            }
            var plan =
                    down
                            ? Findings.in(migrations.planDown(goal.goal()), at.files())
                            : Findings.in(migrations.plan(), at.files(), migrations.live());
            if (session.json()) {
                session.printJson(MigrationShapes.plan(plan));
            } else {
                print(plan);
            }
            return exitCode && !plan.nothingToDo() ? ExitCode.DIFFERENCES : ExitCode.DONE;
        }
    }

    private void print(MigrationPlan plan) {
        var out = session.console().out();
        var text = PlanLines.of(plan);
        text.lines().forEach(out::println);
        out.println(
                "%s: %s (plan %s)"
                        .formatted(
                                plan.databaseName(), text.reason(), plan.hash().substring(0, 12)));
    }

    private int rehearsed(Workplace at, Migrations migrations) throws InterruptedException {
        if (at.guarded()) {
            session.confirm(
                    "This environment is protected. Rehearse on its database? The locks are real.");
        }
        var rehearsal =
                new Running(session)
                        .interruptible(
                                migrations,
                                run -> down ? run.rehearseDown(goal.goal()) : run.rehearse());
        var plan = Findings.in(rehearsal.plan(), at.files(), migrations.live());
        var problems = rehearsal.problems();
        if (session.json()) {
            var tree = new LinkedHashMap<>(MigrationShapes.plan(plan));
            tree.put("rehearsal", MigrationShapes.rehearsal(rehearsal));
            tree.put("problems", Shapes.problems(problems).get("problems"));
            session.printJson(tree);
        } else {
            print(plan);
            PlanLines.of(rehearsal).forEach(session.console().out()::println);
            Report.text(session.console(), problems);
        }
        boolean differs = exitCode && !plan.nothingToDo() && problems.isEmpty();
        return differs ? ExitCode.DIFFERENCES : ExitCode.of(problems);
    }
}
