package dev.fairlead.cli.slots;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.cli.text.SlotsText;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.deploy.slot.Wish;
import dev.fairlead.engine.Request;
import dev.fairlead.engine.Shapes;
import dev.fairlead.engine.slot.SlotDesk.Given;
import dev.fairlead.engine.slot.SlotShapes;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead slots take`.
@Command(
        name = "take",
        description = {
            "Takes the lowest free slot, or --slot N; whoever has one for this purpose already gets the same again.",
            "Where none is free, those that were idle for too long go first."
        },
        footer = "  fairlead slots take -e ai --purpose \"issue 7\" --ref feature/x --up")
final class TakeCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();

    @Option(
            names = "--purpose",
            paramLabel = "TEXT",
            description = "What it is for; with the owner it finds the slot again.")
    String purpose = "";

    @Option(
            names = "--owner",
            paramLabel = "NAME",
            description = "Whose it is; this user when not given.")
    @Nullable String owner;

    @Option(
            names = "--ref",
            paramLabel = "BRANCH",
            description =
                    "Work on this branch, tag or commit, in a git worktree of its own below .fairlead.")
    @Nullable String ref;

    @Option(
            names = "--keep",
            negatable = true,
            description = "Never collect it, however long it is idle; --no-keep ends that.")
    @Nullable Boolean keep;

    @Option(names = "--up", description = "Bring it up too, until every unit is ready.")
    boolean up;

    TakeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new Requests(session).of(argument.stack());
        var wish =
                new Wish(
                        owner == null ? session.user() : owner.strip(),
                        purpose.strip(),
                        session.globals().slot(),
                        Optional.ofNullable(ref),
                        Optional.ofNullable(keep));
        var given = new Desk(session).watched(request, Turn.AT_ONCE, desk -> desk.take(wish));
        if (!given.collected().isEmpty() && !session.json()) {
            session.console().err().print(SlotsText.collected(false, given.collected()));
        }
        if (!session.json()) {
            session.console().out().print(SlotsText.taken(given.slot(), given.again()));
        }
        return up ? bringUp(request, given) : taken(given);
    }

    private int taken(Given given) {
        if (session.json()) {
            session.printJson(SlotShapes.given(given));
        }
        return ExitCode.DONE;
    }

    private int bringUp(Request request, Given given) {
        var bringing = new Bringing(session);
        var outcome = bringing.up(request, given.slot(), "up");
        if (session.json()) {
            var desk = session.engine().slots(request, Turn.AT_ONCE, _ -> {});
            var shape = SlotShapes.given(given);
            shape.put("slot", SlotShapes.slot(desk.require(given.slot().number())));
            shape.put("up", Shapes.outcome(outcome));
            session.printJson(shape);
        } else {
            bringing.report(outcome, request, given.slot());
        }
        return outcome.exitCode();
    }
}
