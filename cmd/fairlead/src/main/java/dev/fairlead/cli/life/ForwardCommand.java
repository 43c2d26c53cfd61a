package dev.fairlead.cli.life;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.deploy.target.Target.Endpoint;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.UnitName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
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
        var port =
                Forwarding.port(
                        new UnitAddress(session, request).require(name), said.substring(colon + 1));
        var forwarding = new Forwarding(session, request, name, port);
        forwarding.run(local, number -> tell(name, port, number, forwarding.now()));
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
