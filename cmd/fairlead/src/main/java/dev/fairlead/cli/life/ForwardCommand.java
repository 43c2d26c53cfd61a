package dev.fairlead.cli.life;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Interrupts;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.deploy.target.Target.Endpoint;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.engine.Request;
import dev.fairlead.inventory.unit.UnitName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `fairlead forward`.
@Command(
        name = "forward",
        description = {
            "Forwards a port of this machine (127.0.0.1) to a port of a unit, until Ctrl-C.",
            "The unit's port goes by its name or number and may be left out when it has only one; without LOCAL a free port is",
            "chosen. A unit that is started again meanwhile is reached again, wherever it listens then."
        },
        footer = "  fairlead forward api 8080:http")
public final class ForwardCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "UNIT", description = "The unit.")
    String unit = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "[LOCAL:]PORT",
            description = "8080:http, http, 8080:20123, or 8080: for its only port.")
    @Nullable String ports;

    public ForwardCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var request = new Requests(session).whole(null);
        var name = Requests.units(List.of(unit)).getFirst();
        var said = ports == null ? "" : ports;
        int colon = said.indexOf(':');
        var local = local(colon < 0 ? "" : said.substring(0, colon));
        var port = port(new UnitAddress(session, request).require(name), said.substring(colon + 1));
        var forward =
                new Forward(
                        () -> session.engine().life().dial(request, name, now(request, name, port)),
                        what -> session.say("forward: " + what));
        try (forward) {
            int number = open(forward, local);
            tell(name, port, number, now(request, name, port));
            var end = new CountDownLatch(1);
            try (var _ = Interrupts.handledBy(end::countDown)) {
                end.await();
            }
        }
        return ExitCode.DONE;
    }

    private static OptionalInt local(String text) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
            throw usage("\"" + text + "\" is not a port of this machine: 0 to 65535");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }

    private static ProblemException usage(String what) {
        return Problem.error(CliCode.USAGE, what)
                .withHint("fairlead forward UNIT [LOCAL:]PORT, for example 8080:http")
                .thrown();
    }

    /// The name of the unit's port that is meant.
    private static String port(UnitReport report, String wanted) {
        var known = report.ports();
        if (known.isEmpty()) {
            throw Problem.error(
                            CliCode.NO_ADDRESS,
                            "%s is %s and has no port".formatted(report.name(), report.state()))
                    .withHint(CliCode.NO_ADDRESS.remedy())
                    .thrown();
        }
        if (wanted.isEmpty() && known.size() == 1) {
            return known.firstKey();
        }
        if (known.containsKey(wanted)) {
            return wanted;
        }
        return known.entrySet().stream()
                .filter(port -> port.getValue().toString().equals(wanted))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> {
                    var names = List.copyOf(known.keySet());
                    return Problem.error(
                                    CliCode.USAGE,
                                    wanted.isEmpty()
                                            ? report.name() + " has several ports: say which one"
                                            : report.name() + " has no port \"" + wanted + "\"")
                            .withHint(Nearest.hint(wanted, names).orElse("its ports are: " + known))
                            .thrown();
                });
    }

    /// Where the port is now: a unit that was started again may have been given another number.
    private Endpoint now(Request request, UnitName name, String port) {
        var number = new UnitAddress(session, request).require(name).ports().get(port);
        return new Endpoint("127.0.0.1", number == null ? 0 : number);
    }

    private static int open(Forward forward, OptionalInt local) {
        try {
            return forward.open(local.orElse(0));
        } catch (IOException e) {
            throw Problem.error(
                            CliCode.PORT_UNAVAILABLE,
                            "127.0.0.1:%d cannot be listened on: %s"
                                    .formatted(local.orElse(0), e.getMessage()))
                    .withHint(CliCode.PORT_UNAVAILABLE.remedy())
                    .thrown();
        }
    }

    private void tell(UnitName name, String port, int local, Endpoint to) {
        var out = session.console().out();
        if (session.json()) {
            var shape = new LinkedHashMap<String, Object>();
            shape.put("version", 1);
            shape.put("unit", name.value());
            shape.put("port", port);
            shape.put("local", local);
            shape.put("to", to.host() + ":" + to.port());
            out.println(Json.compact(shape));
        } else {
            out.println(
                    "127.0.0.1:%d -> %s %s (%s:%d)"
                            .formatted(local, name, port, to.host(), to.port()));
            session.say("Ctrl-C ends it.");
        }
        out.flush();
    }
}
