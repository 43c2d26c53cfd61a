package dev.fairlead.cli.preview;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.engine.Shapes;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fairlead validate`.
@Command(
        name = "validate",
        description = {
            "Reports every problem of the stack and its templates in one pass,",
            "each with its place and what to do about it. Writes nothing."
        },
        footer = "  fairlead validate examples/guestbook")
public final class ValidateCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();

    public ValidateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var checked = session.engine().validate(new Requests(session).of(argument.stack()));
        if (session.json()) {
            session.printJson(Shapes.validate(checked));
        } else {
            Report.text(session.console(), checked.problems());
            if (checked.ok()) {
                var where = checked.environment().map(ref -> ref + ": ").orElse("");
                session.console().out().println(where + checked.units() + " units, no errors");
            }
        }
        return ExitCode.of(checked.problems());
    }
}
