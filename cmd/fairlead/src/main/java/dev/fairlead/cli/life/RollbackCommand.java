package dev.fairlead.cli.life;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.change.Execution;
import dev.fairlead.cli.flag.TurnOptions;
import dev.fairlead.cli.text.PlanText;
import dev.fairlead.engine.ApplyOptions;
import dev.fairlead.engine.Planned;
import dev.fairlead.engine.Shapes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fairlead rollback`.
@Command(
        name = "rollback",
        description = {
            "Goes back to what an earlier revision was, through the same checks as any plan; asks when the environment is",
            "protected. Refused (6) when a database cannot serve that revision: nothing is migrated, in neither direction.",
            "Without a revision: to the newest when the last execution failed, else to the one before it."
        },
        footer = "  fairlead rollback 4 --dry-run")
public final class RollbackCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final TurnOptions turn = new TurnOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "REVISION",
            description = "The number of a revision, as `fairlead history` shows it.")
    @Nullable Long revision;

    @Option(names = "--dry-run", description = "Show the plan, and change nothing.")
    boolean dryRun;

    public RollbackCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var planned =
                session.engine()
                        .life()
                        .back(new Requests(session).of(null), Optional.ofNullable(revision));
        if (!session.json()) {
            var console = session.console();
            var text = new PlanText(planned.plan(), console.paintErr());
            (dryRun ? console.out() : console.err()).print(text.text());
        }
        if (dryRun) {
            if (session.json()) {
                var shape = new LinkedHashMap<>(Shapes.plan(planned.plan()));
                shape.putAll(returnsTo(planned));
                session.printJson(shape);
            }
            return ExitCode.DONE;
        }
        boolean strict =
                planned.guarded()
                        && !planned.plan().isEmpty()
                        && session.confirm(
                                "This environment is protected. Go back to revision "
                                        + planned.returnsTo().orElseThrow()
                                        + "?");
        var options = new ApplyOptions("rollback", turn.turn(), strict);
        var execution = new Execution(session);
        var outcome =
                execution.watched(
                        Optional.of(planned.plan()),
                        sink -> session.engine().apply(planned, options, sink));
        return execution.ended(outcome, returnsTo(planned));
    }

    private static Map<String, Object> returnsTo(Planned planned) {
        return Map.of("revision", planned.returnsTo().orElseThrow());
    }
}
