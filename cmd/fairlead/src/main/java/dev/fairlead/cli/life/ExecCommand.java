package dev.fairlead.cli.life;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Interrupts;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.Target.Executed;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `fairlead exec`.
@Command(
        name = "exec",
        description = {
            "Runs a command where a unit runs: in its folder, with exactly its environment, secrets included, on this terminal.",
            "The exit code is the command's, 128 and more when a signal ended it; 1 when it could not be begun.",
            "Where the unit does not run, it is the environment that it would get. FAIRLEAD_UNIT, which marks the unit's own",
            "processes, is left out. Everything after -- belongs to the command."
        },
        footer = "  fairlead exec api -- sh -c 'psql $DATABASE_URL'")
public final class ExecCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "UNIT", description = "The unit.")
    String unit = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "CMD",
            description = "The command and its arguments, after --.")
    List<String> command = List.of();

    public ExecCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var request = new Requests(session).whole(null);
        var name = Requests.units(List.of(unit)).getFirst();
        session.console().out().flush();
        session.console().err().flush();
        var waiting = Thread.currentThread();
        // Ctrl-C reaches the command by itself: it is on the same terminal.
        try (var _ = Interrupts.handledBy(() -> {}, waiting::interrupt)) {
            session.engine().touch(request, "exec");
            return switch (session.engine().life().execute(request, name, command)) {
                case Executed.Ended(int exitCode) -> exitCode;
                case Executed.Impossible(var why) -> impossible(name, why);
            };
        }
    }

    private int impossible(UnitName name, Cause why) {
        var problems =
                List.of(
                        Problem.error(CliCode.NOT_EXECUTED, name + ": " + why.what())
                                .withHint(
                                        why.advice().isEmpty()
                                                ? CliCode.NOT_EXECUTED.remedy()
                                                : String.join("; ", why.advice())));
        if (session.json()) {
            Report.json(session.console(), problems);
        } else {
            Report.text(session.console(), problems);
        }
        return ExitCode.of(problems);
    }
}
