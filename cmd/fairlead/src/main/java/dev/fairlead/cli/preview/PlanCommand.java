package dev.fairlead.cli.preview;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.OutFiles;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.cli.flag.WishOptions;
import dev.fairlead.cli.text.PlanText;
import dev.fairlead.engine.Planned;
import dev.fairlead.engine.Shapes;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead plan`.
@Command(
        name = "plan",
        description = {
            "Shows what would change and why, what restarts, and in which order.",
            "Changes nothing; the same input and the same state give the same bytes."
        },
        footer = "  fairlead plan -e staging --out staging.plan")
public final class PlanCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();
    @Mixin private final WishOptions wishes = new WishOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Save the plan for review; `fairlead apply FILE` goes on only when it still holds.")
    @Nullable Path out;

    @Option(names = "--exit-code", description = "End with 2 when there is something to do.")
    boolean exitCode;

    public PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new Requests(session).of(argument.stack()).wishing(wishes.wishes());
        var planned = session.engine().plan(request);
        Report.text(session.console(), planned.warnings());
        if (out != null) {
            new OutFiles(session, "--out").write(out, session.engine().save(planned).text());
        }
        print(planned);
        if (out != null) {
            var stack = argument.stack() == null ? "" : argument.stack() + " ";
            session.say(
                    "Saved in %s; `fairlead apply %s%s` carries out this plan and no other one."
                            .formatted(out, stack, out));
        }
        return exitCode && !planned.plan().isEmpty() ? ExitCode.DIFFERENCES : ExitCode.DONE;
    }

    private void print(Planned planned) {
        var plan = planned.plan();
        if (session.json()) {
            session.printJson(Shapes.plan(planned));
        } else {
            var console = session.console();
            console.out().print(new PlanText(plan, console.paintOut()).text());
            if (!planned.refusals().isEmpty()) {
                session.say("This plan is refused when it is applied:");
                Report.text(console, planned.refusals());
            }
        }
    }
}
