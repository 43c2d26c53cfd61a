package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import java.util.List;

/// Short forms for tests.
public final class Sql {
    private Sql() {}

    static SqlText split(String text) {
        return Splitter.split(new Source("a.sql", text));
    }

    static List<String> statements(String text) {
        return split(text).statements().stream().map(Statement::text).toList();
    }

    /// The only statement of a text.
    static Statement one(String text) {
        var statements = split(text).statements();
        if (statements.size() != 1) {
            throw new AssertionError(statements.size() + " statements in " + text);
        }
        return statements.getFirst();
    }

    public static Facts facts(String text) {
        return Classifier.classify(one(text));
    }

    static List<Facts> allFacts(String text) {
        return split(text).statements().stream().map(Classifier::classify).toList();
    }

    /// `code place what`, as far as a text is refused; empty when it is not.
    static List<String> problems(String text) {
        try {
            split(text);
            return List.of();
        } catch (ProblemException e) {
            return e.problems().stream()
                    .map(problem -> problem.code().name() + " " + problem.place().orElseThrow())
                    .toList();
        }
    }
}
