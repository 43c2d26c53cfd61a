package dev.fairlead.migrate.goose;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.Json;
import dev.fairlead.migrate.goose.GooseParser.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What comes of a file in both directions: its statements, or the errors of either.
record Outcome(boolean transaction, List<String> up, List<String> down, List<String> errors) {
    private static final Pattern CUT = Pattern.compile("\\\\x[89a-f][0-9a-f]");

    /// The variables that the committed goldens were made with.
    static final Map<String, String> ENV =
            Map.of("REGION", "us_east_", "EMPTY", "", "NAME", "foo", "UNICODE", "grün");

    /// An answer of the real goose, or a golden.
    static Outcome of(String json) {
        var answer = Json.readObject(json);
        var error = String.valueOf(answer.get("error"));
        return new Outcome(
                Boolean.TRUE.equals(answer.get("transaction")),
                texts(answer.get("up")),
                texts(answer.get("down")),
                error.isEmpty() ? List.of() : List.of(error));
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    /// What this library makes of a file.
    static Outcome of(String sql, Map<String, String> env) {
        var source = new Source("1_x.sql", sql);
        var errors = new ArrayList<String>();
        var statements = new ArrayList<List<String>>();
        boolean transaction = false;
        for (var direction : Direction.values()) {
            try {
                var parsed = GooseParser.parse(source, direction, env);
                transaction = parsed.transactional();
                statements.add(parsed.statements().stream().map(GooseStatement::text).toList());
            } catch (ProblemException e) {
                errors.addAll(e.problems().stream().map(Problem::what).toList());
            }
        }
        return errors.isEmpty()
                ? new Outcome(transaction, statements.get(0), statements.get(1), List.of())
                : new Outcome(false, List.of(), List.of(), errors);
    }

    /// Whether goose says the same. It reads both directions at once and tells the error that it came upon first. A slice of
    /// a variable may cut a character: what is left of it is a byte in a text of Go, and no character in one of Java.
    boolean agreesWith(Outcome goose) {
        return errors.isEmpty()
                ? equals(goose)
                : goose.errors.size() == 1
                        && errors.contains(
                                CUT.matcher(goose.errors.getFirst()).replaceAll("\uFFFD"));
    }
}
