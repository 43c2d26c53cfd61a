package dev.fairlead.cli.look;

import dev.fairlead.cli.Drawn;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Globals.Output;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.text.ExplainText;
import dev.fairlead.cli.text.MermaidText;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.engine.Explained;
import dev.fairlead.engine.Shapes;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `fairlead explain`.
@Command(
        name = "explain",
        description = {
            "Says why a unit, or everything that is not ready, waits or failed:",
            "the chain of what it waits for, down to the root cause, and what to do about it."
        },
        footer = "  fairlead explain web -o mermaid")
public final class ExplainCommand implements Callable<Integer>, Drawn {
    private final Session session;

    @Parameters(
            arity = "0..2",
            paramLabel = "STACK|UNIT",
            description = "The stack's folder, when it is not the current one; the unit, else all.")
    List<String> arguments = List.of();

    public ExplainCommand(Session session) {
        this.session = session;
    }

    @Override
    public Set<Output> drawings() {
        return EnumSet.of(Output.mermaid);
    }

    @Override
    public Integer call() {
        @Nullable Path stack = null;
        Optional<UnitName> unit = Optional.empty();
        for (var argument : arguments) {
            if (stack == null && new Requests(session).isStack(argument, units())) {
                stack = Path.of(argument);
            } else {
                unit = Optional.of(Requests.units(List.of(argument)).getFirst());
            }
        }
        print(session.engine().explain(new Requests(session).of(stack), unit));
        return ExitCode.DONE;
    }

    /// The units of the stack in the current folder, where there is one.
    private List<String> units() {
        try {
            return session.engine().status(new Requests(session).of(null)).units().stream()
                    .map(unit -> unit.name().value())
                    .toList();
        } catch (ProblemException noStackHere) {
            return List.of();
        }
    }

    /// Nothing of the environment is to be explained; its stack may be.
    private void nothing(Explained explained) {
        var out = session.console().out();
        var ref = explained.environment().ref();
        boolean empty = explained.environment().units().isEmpty();
        if (explained.obstacle().isEmpty()) {
            out.println(
                    ref
                            + (empty
                                    ? ": nothing is started here; `fairlead up` starts it"
                                    : ": nothing waits and nothing failed"));
            return;
        }
        var problem = explained.obstacle().get();
        out.println(
                "%s[%s] %s%s, so the stack cannot be applied%s"
                        .formatted(
                                ref,
                                problem.code().name(),
                                problem.place().map(place -> place + " ").orElse(""),
                                Columns.clean(problem.what()),
                                empty ? "" : "; what runs goes on as it was"));
        out.println("  hint: " + Columns.clean(problem.advice()));
    }

    private void print(Explained explained) {
        var console = session.console();
        if (session.json()) {
            session.printJson(Shapes.explain(explained));
        } else if (session.globals().output() == Output.mermaid) {
            console.out().print(MermaidText.of(explained.environment()));
        } else if (explained.explanations().isEmpty()) {
            nothing(explained);
        } else {
            var text = new ExplainText(console.paintOut(), session.now(), explained.places());
            console.out().print(text.of(explained.explanations()));
        }
        if (!session.json()) {
            explained.environment().notes().forEach(note -> session.say("note: " + note));
        }
    }
}
