package dev.fairlead.cli.slots;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.engine.slot.SlotShapes;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead slots keep`.
@Command(
        name = "keep",
        description = "Keeps slots from being collected, however long they are idle.",
        footer = "  fairlead slots keep -e ai 3")
final class KeepCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final NumberArgument argument = new NumberArgument();

    @Option(names = "--off", description = "Let them be collected again.")
    boolean off;

    KeepCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new Desk(session).request();
        var numbers = argument.of(request);
        var desk = session.engine().slots(request, Turn.AT_ONCE, _ -> {});
        var kept = new ArrayList<Map<String, Object>>();
        for (int number : numbers) {
            kept.add(SlotShapes.slot(desk.keep(number, !off)));
            if (!session.json()) {
                session.console()
                        .out()
                        .println(
                                "slot %d: %s"
                                        .formatted(
                                                number, off ? "may be collected again" : "kept"));
            }
        }
        if (session.json()) {
            session.printJson(Map.of("slots", kept));
        }
        return ExitCode.DONE;
    }
}
