package dev.fairlead.cli.change;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.TurnOptions;
import dev.fairlead.cli.flag.WishOptions;
import dev.fairlead.cli.text.PlanText;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.ApplyOptions;
import dev.fairlead.engine.Planned;
import dev.fairlead.engine.SavedPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `fairlead apply`.
@Command(
        name = "apply",
        description = {
            "Plans, asks, carries the plan out and waits until every unit is ready.",
            "With a saved plan it plans again, and goes on only when that gives the same hash;",
            "otherwise it ends with 5 and the difference."
        },
        footer = "  fairlead apply staging.plan")
public final class ApplyCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final TurnOptions turn = new TurnOptions();
    @Mixin private final FailureOptions failure = new FailureOptions();

    @Parameters(
            arity = "0..2",
            paramLabel = "STACK|PLANFILE",
            description =
                    "The stack's folder, when it is not the current one; a plan saved by plan --out.")
    List<Path> arguments = List.of();

    @Mixin private final WishOptions wishes = new WishOptions();

    public ApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        @Nullable Path stack = null;
        @Nullable Path planFile = null;
        for (var argument : arguments) {
            var path = session.resolve(argument);
            if (Files.isDirectory(path)) {
                stack = argument;
            } else if (Files.isRegularFile(path)) {
                planFile = path;
            } else {
                throw Problem.error(
                                CliCode.FILE_NOT_FOUND,
                                argument + " is neither a stack's folder nor a saved plan")
                        .thrown();
            }
        }
        return planFile == null ? plan(stack) : saved(stack, planFile);
    }

    private int plan(@Nullable Path stack) {
        var planned =
                session.engine().plan(new Requests(session).of(stack).wishing(wishes.wishes()));
        Report.text(session.console(), planned.warnings());
        planned.remarks().forEach(remark -> session.say("note: " + remark));
        show(planned);
        // strict: a person agreed to this plan, so nothing else may be done in its name
        boolean strict =
                !planned.plan().isEmpty()
                        && session.confirm("Apply this plan to " + planned.environment() + "?");
        return carryOut(
                planned,
                execution -> {
                    var options = new ApplyOptions("apply", turn.turn(), strict);
                    return execution.watched(
                            Optional.of(planned.plan()),
                            sink -> session.engine().apply(planned, options, sink));
                });
    }

    private int saved(@Nullable Path stack, Path file) throws IOException {
        var saved = SavedPlan.read(Files.readString(file));
        var asked = new Requests(session).of(stack);
        var planned = session.engine().plan(saved.request(asked.stack()));
        return carryOut(
                planned,
                execution ->
                        execution.watched(
                                Optional.of(planned.plan()),
                                sink -> session.engine().apply(saved, planned, turn.turn(), sink)));
    }

    private int carryOut(Planned planned, java.util.function.Function<Execution, Outcome> work) {
        var execution = new Execution(session);
        var outcome = work.apply(execution);
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("plan", planned.plan().hash());
        more.putAll(failure.after(outcome, planned, turn, session));
        return execution.ended(outcome, more);
    }

    private void show(Planned planned) {
        if (!session.json()) {
            var console = session.console();
            console.err().print(new PlanText(planned.plan(), console.paintErr()).text());
        }
    }
}
