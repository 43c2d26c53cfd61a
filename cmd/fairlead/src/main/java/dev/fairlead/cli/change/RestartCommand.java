package dev.fairlead.cli.change;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.TurnOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `fairlead restart`.
@Command(
        name = "restart",
        description = "Starts units anew, one after the other, with what the stack says now.",
        footer = "  fairlead restart api")
public final class RestartCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final TurnOptions turn = new TurnOptions();

    @Parameters(arity = "1..*", paramLabel = "UNIT", description = "The units.")
    List<String> units = List.of();

    public RestartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new Requests(session).of(null);
        var execution = new Execution(session);
        int code = ExitCode.DONE;
        for (var unit : Requests.units(units)) {
            var outcome =
                    execution.watched(
                            Optional.empty(),
                            sink -> session.engine().restart(request, unit, turn.turn(), sink));
            code = execution.ended(outcome, Map.of("unit", unit.value()));
            if (code != ExitCode.DONE) {
                break;
            }
            if (!session.json()) {
                session.console().out().println("restarted: " + unit);
            }
        }
        return code;
    }
}
