package dev.fairlead.cli.slots;

import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.TurnOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fairlead slots sleep`.
@Command(
        name = "sleep",
        description = {
            "Ends the processes of slots and keeps what they have: databases, ports, secrets, worktree.",
            "`fairlead slots wake` or `fairlead up` goes on with it."
        },
        footer = "  fairlead slots sleep -e ai 3")
final class SleepCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final NumberArgument argument = new NumberArgument();
    @Mixin private final TurnOptions turn = new TurnOptions();

    SleepCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var desk = new Desk(session);
        var request = desk.request();
        return desk.each(
                request, argument.of(request), turn.turn(), Desk.verb("sleeps", at -> at::sleep));
    }
}
