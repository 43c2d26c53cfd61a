package dev.fairlead.cli.life;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.engine.life.HistoryReport;
import dev.fairlead.engine.life.LifeShapes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead history`.
@Command(
        name = "history",
        description = {
            "Shows every execution, the newest last: who ran it and when, how long it took, how it ended, and the revision",
            "that it left behind (* is the present one). It goes back as far as the events: at least 8 MiB of them are kept."
        },
        footer = "  fairlead history -n 5")
public final class HistoryCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many of the last executions to show (20).")
    int lines;

    public HistoryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var whole = session.engine().life().history(new Requests(session).whole(argument.stack()));
        var all = whole.executions();
        var report =
                new HistoryReport(
                        whole.ref(),
                        whole.revision(),
                        whole.revisions(),
                        all.subList(Math.max(0, all.size() - Math.max(0, lines)), all.size()));
        if (session.json()) {
            session.printJson(LifeShapes.history(report));
        } else {
            var console = session.console();
            var text =
                    new HistoryText(
                            console.paintOut(),
                            session.shell().zone().get(),
                            console.resultColumns());
            console.out().print(text.of(report));
        }
        return ExitCode.DONE;
    }
}
