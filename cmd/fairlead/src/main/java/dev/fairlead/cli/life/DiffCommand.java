package dev.fairlead.cli.life;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.engine.life.LifeShapes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead diff`.
@Command(
        name = "diff",
        description = {
            "Shows what lives against what services.yaml says, field by field: what a plan would change.",
            "Lines with - are as it is, lines with + as it would be. Changes nothing."
        },
        footer = "  fairlead diff --exit-code")
public final class DiffCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();

    @Option(names = "--exit-code", description = "End with 2 when something differs.")
    boolean exitCode;

    public DiffCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var diff = session.engine().life().diff(new Requests(session).of(argument.stack()));
        if (session.json()) {
            session.printJson(LifeShapes.diff(diff));
        } else {
            var console = session.console();
            console.out().print(new DiffText(console.paintOut()).of(diff));
        }
        return exitCode && diff.differs() ? ExitCode.DIFFERENCES : ExitCode.DONE;
    }
}
