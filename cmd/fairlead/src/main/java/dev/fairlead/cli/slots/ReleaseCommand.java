package dev.fairlead.cli.slots;

import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.TurnOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead slots release`.
@Command(
        name = "release",
        description = {
            "Removes slots with everything that they have: processes, databases, ports, state, worktree.",
            "Refused while somebody is at work there, or when the worktree has work that is in no commit."
        },
        footer = "  fairlead slots release -e ai 3")
final class ReleaseCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final NumberArgument argument = new NumberArgument();
    @Mixin private final TurnOptions turn = new TurnOptions();

    @Option(names = "--discard", description = "Throw away unsaved work in the worktree too.")
    boolean discard;

    ReleaseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var desk = new Desk(session);
        var request = desk.request();
        var numbers = argument.of(request);
        if (session.engine().slots(request, turn.turn(), _ -> {}).range().guarded()) {
            session.confirm("This environment is protected. Remove its slot with all of its data?");
        }
        return desk.each(
                request,
                numbers,
                turn.turn(),
                Desk.verb("released", at -> number -> at.release(number, discard)));
    }
}
