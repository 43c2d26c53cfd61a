package dev.fairlead.cli;

import dev.fairlead.cli.console.Console;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemText;
import dev.fairlead.document.Json;
import dev.fairlead.engine.Shapes;
import java.util.List;

/// Problems as a command reports them: text on standard error, or one JSON object on standard output.
public final class Report {
    private Report() {}

    public static void text(Console console, List<Problem> problems) {
        var text = new ProblemText(console.paintErr().on(), console.columns());
        problems.forEach(problem -> console.err().print(text.of(problem)));
    }

    public static void json(Console console, List<Problem> problems) {
        console.out().println(Json.pretty(Shapes.problems(problems)));
    }
}
