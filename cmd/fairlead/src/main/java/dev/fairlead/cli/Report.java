package dev.fairlead.cli;

import dev.fairlead.cli.console.Console;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemText;
import dev.fairlead.document.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Problems as a command reports them: text on standard error, or one JSON object on standard output.
public final class Report {
    private Report() {}

    static void text(Console console, List<Problem> problems) {
        var text = new ProblemText(console.paintErr().on());
        problems.forEach(problem -> console.err().print(text.of(problem)));
    }

    static void json(Console console, List<Problem> problems) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("version", 1);
        shape.put("problems", trees(problems));
        console.out().println(Json.pretty(shape));
    }

    /// The `problems` of a JSON shape.
    public static List<Map<String, Object>> trees(List<Problem> problems) {
        return problems.stream().map(Report::tree).toList();
    }

    private static Map<String, Object> tree(Problem problem) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("code", problem.code().name());
        tree.put("severity", problem.severity().word());
        problem.place().ifPresent(place -> put(tree, place));
        tree.put("what", problem.what());
        problem.hint().ifPresent(hint -> tree.put("hint", hint));
        if (!problem.trace().isEmpty()) {
            tree.put("trace", problem.trace().stream().map(Report::link).toList());
        }
        return tree;
    }

    private static Map<String, Object> link(Problem.Step step) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, step.place());
        tree.put("what", step.what());
        return tree;
    }

    private static void put(Map<String, Object> tree, Place place) {
        tree.put("file", place.file());
        tree.put("line", place.line());
        tree.put("column", place.column());
    }
}
