package dev.fairlead.cli.slots;

import dev.fairlead.cli.Report;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.DurationFlag;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.cli.text.SlotsText;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.engine.slot.Collected;
import dev.fairlead.engine.slot.SlotShapes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead slots gc`.
@Command(
        name = "gc",
        description = {
            "Removes the slots that were idle for longer than fullEnvIdleTTL (8h), and finishes removals that were cut short.",
            "Never one that is at work, kept, or of a protected environment; one with unsaved work in its worktree only sleeps."
        },
        footer = "  fairlead slots gc -e ai --dry-run")
final class GcCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();

    @Option(names = "--dry-run", description = "Say what would be done with each slot, and why.")
    boolean dryRun;

    @Option(
            names = "--idle",
            paramLabel = "DURATION",
            converter = DurationFlag.class,
            description = "Idle for so long is too long, in place of fullEnvIdleTTL: 30m, 2h.")
    @Nullable Duration idle;

    GcCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new Requests(session).of(argument.stack());
        var ttl = Optional.ofNullable(idle);
        List<Collected> done;
        if (dryRun) {
            done = session.engine().slots(request, Turn.AT_ONCE, _ -> {}).judged(ttl);
        } else {
            done = new Desk(session).watched(request, Turn.AT_ONCE, desk -> desk.collect(ttl));
        }
        if (session.json()) {
            session.printJson(SlotShapes.collected(dryRun, done));
        } else {
            session.console().out().print(SlotsText.collected(dryRun, done));
            done.forEach(one -> Report.text(session.console(), one.problems()));
            done.forEach(one ->
                    one.outcome()
                            .ifPresent(
                                    outcome -> Report.text(session.console(), outcome.problems())));
        }
        return done.stream().mapToInt(GcCommand::exitCode).max().orElse(0);
    }

    private static int exitCode(Collected one) {
        int problems =
                one.problems().stream()
                        .mapToInt(problem -> problem.code().kind().exitCode())
                        .max()
                        .orElse(0);
        return Math.max(problems, one.outcome().map(Outcome::exitCode).orElse(0));
    }
}
