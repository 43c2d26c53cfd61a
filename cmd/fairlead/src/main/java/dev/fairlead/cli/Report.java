package dev.fairlead.cli;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Console;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemText;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.document.Json;
import dev.fairlead.engine.Shapes;
import java.util.List;

/// Problems as a command reports them: text on standard error, or one JSON object on standard output.
public final class Report {
    private Report() {}

    public static void text(Console console, List<Problem> problems) {
        var text = new ProblemText(console.paintErr().on());
        problems.forEach(problem -> console.err().print(text.of(hinted(problem))));
    }

    /// How an execution ended: each problem, and under it the last words of its unit.
    public static void text(Console console, Outcome outcome) {
        var problems = outcome.problems();
        var troubles = outcome.troubles();
        for (int i = 0; i < problems.size(); i++) {
            text(console, List.of(problems.get(i)));
            if (i < troubles.size()) {
                for (var line : troubles.get(i).cause().evidence()) {
                    console.err().println("    | " + Columns.clean(line));
                }
            }
        }
    }

    public static void json(Console console, List<Problem> problems) {
        console.out()
                .println(
                        Json.pretty(
                                Shapes.problems(problems.stream().map(Report::hinted).toList())));
    }

    /// Every error says what to do: where no hint fits the case, the code's own remedy does.
    private static Problem hinted(Problem problem) {
        return problem.severity() == Severity.ERROR && problem.hint().isEmpty()
                ? problem.withHint(problem.code().remedy())
                : problem;
    }
}
