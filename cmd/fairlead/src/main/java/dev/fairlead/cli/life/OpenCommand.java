package dev.fairlead.cli.life;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.diagnostic.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `fairlead open`.
@Command(
        name = "open",
        description = {
            "Opens a unit's address in the browser, and prints it. Where there is no browser, or the address is not one for a",
            "browser, it is only printed. BROWSER in the environment names another program."
        },
        footer = "  fairlead open web")
public final class OpenCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "UNIT", description = "The unit.")
    String unit = "";

    public OpenCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new Requests(session).whole(null);
        var name = Requests.units(List.of(unit)).getFirst();
        var report = new UnitAddress(session, request).require(name);
        var url =
                report.url()
                        .orElseThrow(() ->
                                Problem.error(
                                                CliCode.NO_ADDRESS,
                                                "%s is %s and has no address"
                                                        .formatted(name, report.state()))
                                        .withHint(CliCode.NO_ADDRESS.remedy())
                                        .thrown());
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
        return ExitCode.DONE;
    }
}
