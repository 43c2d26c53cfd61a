package dev.fairlead.cli.slots;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.cli.text.SlotsText;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.engine.slot.SlotShapes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fairlead slots list`.
@Command(
        name = "list",
        description = {
            "Shows the slots that are taken or in use: their state, whose they are, what was last done there,",
            "and when they would be collected. Free ones are not listed."
        },
        footer = "  fairlead slots list -e ai")
final class SlotsListCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();

    SlotsListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new Requests(session).of(argument.stack());
        var desk = session.engine().slots(request, Turn.AT_ONCE, _ -> {});
        var slots = desk.list();
        if (session.json()) {
            session.printJson(SlotShapes.list(desk.range(), slots));
        } else {
            var console = session.console();
            var text = new SlotsText(console.paintOut(), session.now(), console.resultColumns());
            console.out().print(text.list(desk.range(), slots));
        }
        return ExitCode.DONE;
    }
}
