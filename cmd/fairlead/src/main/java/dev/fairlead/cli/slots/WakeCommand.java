package dev.fairlead.cli.slots;

import dev.fairlead.cli.Session;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.journal.Turn;
import dev.fairlead.engine.slot.SlotShapes;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fairlead slots wake`.
@Command(
        name = "wake",
        description = {
            "Brings sleeping slots up again, with the data that they had, until every unit is ready.",
            "On one that is awake it applies what changed, as `fairlead up --detach` does."
        },
        footer = "  fairlead slots wake -e ai 3")
final class WakeCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final NumberArgument argument = new NumberArgument();

    WakeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var desk = new Desk(session);
        var request = desk.request();
        var bringing = new Bringing(session);
        var ends = new ArrayList<Map<String, Object>>();
        int exit = 0;
        for (int number : argument.of(request)) {
            var slot = session.engine().slots(request, Turn.AT_ONCE, _ -> {}).require(number);
            var outcome = bringing.up(request, slot, "wake");
            exit = outcome.exitCode();
            ends.add(SlotShapes.ended(number, outcome));
            if (!session.json()) {
                bringing.report(outcome, request, slot);
            }
            if (!(outcome instanceof Outcome.Ready)) {
                break;
            }
        }
        if (session.json()) {
            session.printJson(Map.of("slots", ends));
        }
        return exit;
    }
}
