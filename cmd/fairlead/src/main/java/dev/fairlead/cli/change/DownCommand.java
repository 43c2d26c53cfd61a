package dev.fairlead.cli.change;

import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.StackArgument;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead down`.
@Command(
        name = "down",
        description = {
            "Stops every unit in reverse order and says what it leaves.",
            "Works without a readable services.yaml."
        },
        footer = "  fairlead down --volumes")
public final class DownCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();
    @Mixin private final TurnOptions turn = new TurnOptions();

    @Option(
            names = "--volumes",
            description = "Remove the data of the units too: databases, files.")
    boolean volumes;

    public DownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new Requests(session).of(argument.stack());
        if (new Protection(session).covers(request)) {
            session.confirm(
                    volumes
                            ? "This environment is protected. Stop every unit and remove its data?"
                            : "This environment is protected. Stop every unit?");
        }
        var execution = new Execution(session);
        var outcome =
                execution.watchedRemoval(
                        sink -> session.engine().down(request, volumes, turn.turn(), sink));
        if (outcome instanceof Outcome.Ready(var stopped) && !session.json()) {
            var names = stopped.stream().map(UnitName::value).collect(Collectors.joining(", "));
            session.console()
                    .out()
                    .println(
                            (names.isEmpty() ? "nothing was running" : "stopped: " + names)
                                    + "\nleft: "
                                    + left());
        }
        return execution.ended(outcome, Map.of("left", left()));
    }

    private String left() {
        return volumes
                ? ".fairlead with the journal, logs, ports and generated secrets"
                : ".fairlead with the databases, journal, logs, ports and generated secrets;"
                        + " `fairlead down --volumes` removes the data too";
    }
}
