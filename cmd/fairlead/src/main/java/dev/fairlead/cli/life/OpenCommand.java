package dev.fairlead.cli.life;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.unit.UnitName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `fairlead open`.
@Command(
        name = "open",
        description = {
            "Opens a unit's address in the browser, and prints it. Where there is no browser, or the address is not one for a",
            "browser, it is only printed. BROWSER in the environment names another program.",
            "A unit of a cluster that no Ingress leads to is reached through a port of this machine, until Ctrl-C: its port",
            "http, or the only one it has."
        },
        footer = "  fairlead open web")
public final class OpenCommand implements Callable<Integer> {
    private static final String HTTP = "http";

    private final Session session;

    @Parameters(paramLabel = "UNIT", description = "The unit.")
    String unit = "";

    public OpenCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var request = new Requests(session).whole(null);
        var name = Requests.units(List.of(unit)).getFirst();
        var report = new UnitAddress(session, request).require(name);
        if (report.url().isPresent()) {
            open(name, report.url().get());
        } else if (report.ports().isEmpty()) {
            throw Problem.error(
                            CliCode.NO_ADDRESS,
                            "%s is %s and has no address".formatted(name, report.state()))
                    .withHint(CliCode.NO_ADDRESS.remedy())
                    .thrown();
        } else {
            var port = port(report);
            new Forwarding(session, request, name, port)
                    .run(OptionalInt.empty(), local -> forwarded(name, port, local));
        }
        return ExitCode.DONE;
    }

    /// Which of several is meant, where nobody says so.
    private static String port(UnitReport report) {
        var ports = report.ports();
        if (ports.size() > 1 && !ports.containsKey(HTTP)) {
            throw Problem.error(
                            CliCode.NO_ADDRESS,
                            "no Ingress leads to %s, and none of its ports is named %s"
                                    .formatted(report.name(), HTTP))
                    .withHint(
                            "`fairlead forward %s PORT` leads to one of them: %s"
                                    .formatted(report.name(), String.join(", ", ports.keySet())))
                    .thrown();
        }
        return Forwarding.port(report, ports.containsKey(HTTP) ? HTTP : "");
    }

    private void forwarded(UnitName name, String port, int local) {
        open(name, (port.equals("https") ? "https" : HTTP) + "://127.0.0.1:" + local);
        session.say("no Ingress leads to %s; Ctrl-C ends the way to it".formatted(name));
    }

    private void open(UnitName name, String url) {
        boolean opened = new Browser(session.shell().environment()).opens(url);
        if (session.json()) {
            var shape = new LinkedHashMap<String, Object>();
            shape.put("unit", name.value());
            shape.put("url", url);
            shape.put("opened", opened);
            session.printJson(shape);
        } else {
            session.console().out().println(url);
        }
        session.console().out().flush();
    }
}
