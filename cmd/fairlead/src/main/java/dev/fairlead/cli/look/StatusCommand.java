package dev.fairlead.cli.look;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.cli.text.StatusText;
import dev.fairlead.engine.Shapes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fairlead status`.
@Command(
        name = "status",
        description = {
            "Shows every unit now: its state, since when, where it answers, or why not.",
            "Needs neither a readable services.yaml nor a secret."
        },
        footer = "  fairlead status -o json")
public final class StatusCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();

    public StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var report = session.engine().status(new Requests(session).of(argument.stack()));
        if (session.json()) {
            session.printJson(Shapes.status(report));
        } else {
            var console = session.console();
            var text = new StatusText(console.paintOut(), session.now(), console.resultColumns());
            console.out().print(text.of(report));
        }
        return ExitCode.DONE;
    }
}
