package dev.fairlead.cli.life;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.engine.life.DriftReport;
import dev.fairlead.engine.life.LifeShapes;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead drift`.
@Command(
        name = "drift",
        description = {
            "Shows what lives differently from what was applied last, whoever changed it: processes that ended or were",
            "started by hand, another environment or command, ports, databases, schemas. What services.yaml says by now",
            "is not looked at: that is diff. With --exit-code it ends with 2 when something differs."
        },
        footer = "  fairlead drift --exit-code || fairlead up --detach")
public final class DriftCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();

    @Option(names = "--exit-code", description = "End with 2 when something differs.")
    boolean exitCode;

    public DriftCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var report = session.engine().life().drift(new Requests(session).of(argument.stack()));
        if (session.json()) {
            session.printJson(LifeShapes.drift(report));
        } else {
            session.console().out().print(text(report));
        }
        return exitCode && !report.drifts().isEmpty() ? ExitCode.DIFFERENCES : ExitCode.DONE;
    }

    private String text(DriftReport report) {
        var paint = session.console().paintOut();
        var where = report.ref() + " on " + report.target();
        var as = report.revision() == 0 ? "" : " (revision " + report.revision() + ")";
        if (report.drifts().isEmpty()) {
            return "No drift: " + where + " is as it was applied" + as + ".\n";
        }
        var out = new StringBuilder();
        out.append(paint.of(Tone.STRONG, where + ": as it was applied" + as + " (-), as it is (+)"))
                .append('\n');
        Optional<UnitName> last = Optional.empty();
        for (var drift : report.drifts()) {
            if (!last.equals(Optional.of(drift.unit()))) {
                out.append('\n').append(paint.of(Tone.STRONG, drift.unit().value())).append('\n');
                last = Optional.of(drift.unit());
            }
            out.append("  ").append(Columns.clean(drift.what())).append('\n');
            drift.applied().ifPresent(was -> line(out, Tone.BAD, "- " + drift.path() + ": " + was));
            drift.live().ifPresent(is -> line(out, Tone.GOOD, "+ " + drift.path() + ": " + is));
        }
        out.append(
                "\n`fairlead up` starts what does not run; `fairlead restart UNIT` starts a unit anew.\n");
        return out.toString();
    }

    private void line(StringBuilder out, Tone tone, String text) {
        out.append("    ")
                .append(session.console().paintOut().of(tone, Columns.clean(text)))
                .append('\n');
    }
}
