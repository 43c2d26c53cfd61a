package dev.fairlead.cli.migrate;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.schema.Findings;
import dev.fairlead.engine.schema.PlanLines;
import dev.fairlead.engine.schema.Workplace;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fairlead migrate approve`.
@Command(
        name = "approve",
        description = {
            "Approves exactly the plan that would run now, for exactly this database;",
            "with --done KEY: says that the work which a step asks of a person is done."
        },
        footer = "  fairlead migrate approve --unit guestbook-db --reason 'looked at the locks'")
final class ApproveCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "With --done: whose work is done.")
    @Nullable String key;

    @Option(names = "--done", description = "The work of KEY's instructions is done.")
    boolean done;

    @Option(
            names = "--plan",
            paramLabel = "HASH",
            description = "Only this plan, as `migrate plan` named it; else exit 5.")
    @Nullable String plan;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Kept beside the approval.")
    String reason = "";

    @Option(
            names = "--as",
            paramLabel = "NAME",
            description = "Who approves; the user's name when not given.")
    @Nullable String who;

    ApproveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (done != (key != null)) {
            throw Problem.error(
                            CliCode.USAGE,
                            done ? "--done does not say whose work" : "KEY comes with --done")
                    .withHint("fairlead migrate approve KEY --done")
                    .thrown();
        }
        try (var at = place.open(session)) {
            return done ? work(at) : plan(at);
        }
    }

    private int work(Workplace at) {
        at.migrations().approveDone(String.valueOf(key), who(), reason);
        if (session.json()) {
            session.printJson(Map.of("done", String.valueOf(key), "who", who()));
        } else {
            session.console().out().println("the work of " + key + " is done, says " + who());
        }
        return ExitCode.DONE;
    }

    private int plan(Workplace at) {
        var migrations = at.migrations();
        var expected = plan;
        var shown = Findings.in(migrations.plan(), at.files());
        if (expected == null) {
            PlanLines.of(shown).lines().forEach(line -> session.console().err().println(line));
            session.confirm("Approve this plan for " + shown.databaseName() + "?");
        }
        var approved =
                migrations.approve(expected == null ? shown.hash() : expected, who(), reason);
        if (session.json()) {
            session.printJson(Map.of("plan", approved.hash(), "who", who()));
        } else {
            session.console()
                    .out()
                    .println(
                            "%s approves plan %s"
                                    .formatted(who(), approved.hash().substring(0, 12)));
        }
        return ExitCode.DONE;
    }

    private String who() {
        var name = who;
        return name == null ? System.getProperty("user.name") : name;
    }
}
