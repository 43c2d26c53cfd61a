package dev.fairlead.cli.look;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Unread;
import dev.fairlead.cli.text.LogLines;
import dev.fairlead.deploy.target.Target.LogConsumer;
import dev.fairlead.deploy.target.Target.LogRequest;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.engine.Request;
import dev.fairlead.inventory.unit.UnitName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fairlead logs`.
@Command(
        name = "logs",
        description = {
            "Shows the output of units, secrets masked; of all units when none is named.",
            "With -o json one object {unit, line} per line."
        },
        footer = "  fairlead logs api worker -f")
public final class LogsCommand implements Callable<Integer> {
    private static final String NOTHING_LEFT =
            "Nothing is left that can write: what was followed is stopped, done or failed."
                    + " `fairlead status` shows it.";

    private final Session session;

    @Parameters(arity = "0..*", paramLabel = "UNIT", description = "The units.")
    List<String> units = List.of();

    @Option(
            names = {"--follow"},
            description =
                    "Go on with what comes, until Ctrl-C or until nothing is left that can write."
                            + " After the command, -f says the same.")
    boolean follow;

    @Option(
            names = "--previous",
            description =
                    "On Kubernetes: of the run before this one, of containers that were started again.")
    boolean previous;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "200",
            description = "How many of the last lines to show (200).")
    int lines;

    public LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var request = new Requests(session).of(null);
        var wanted = Requests.units(units);
        var shown =
                wanted.isEmpty()
                        ? session.engine().status(request).units().stream()
                                .map(unit -> unit.name())
                                .toList()
                        : wanted;
        if (follow && !previous) {
            follow(request, wanted, consumer(shown));
        } else {
            session.engine()
                    .logs(request, new LogRequest(wanted, lines, false, previous), consumer(shown));
        }
        return ExitCode.DONE;
    }

    private void follow(Request request, List<UnitName> wanted, LogConsumer consumer)
            throws InterruptedException {
        try (var unread = Unread.output()) {
            try {
                boolean ended =
                        session.engine()
                                .logs(request, new LogRequest(wanted, lines, true), consumer);
                if (ended) {
                    session.say(NOTHING_LEFT);
                }
            } catch (InterruptedException | ProblemException e) {
                if (!unread.noticed()) {
                    throw e;
                }
            }
        }
    }

    private LogConsumer consumer(List<UnitName> shown) {
        var console = session.console();
        if (session.json()) {
            return (unit, line) -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("unit", unit.value());
                tree.put("line", line);
                console.out().println(Json.compact(tree));
                return !console.out().checkError();
            };
        }
        return new LogLines(console.out(), console.paintOut(), console.resultsOnTerminal(), shown)
                ::line;
    }
}
