package dev.fairlead.migrate.spec;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.tree.Node;
import dev.fairlead.migrate.sql.Splitter;
import dev.fairlead.migrate.sql.SqlText;

import java.util.Optional;

/// SQL that stands in a scalar of a spec.
final class Texts {
    private final Problems problems;

    Texts(Problems problems) {
        this.problems = problems;
    }

    /// The statements of a text; empty when it has none or is no SQL, which is reported at its place in the file.
    Optional<SqlText> statements(Node.Scalar scalar, String what) {
        var sql = read(scalar);
        if (sql.isPresent() && sql.get().statements().isEmpty()) {
            problems.add(
                    Problem.error(
                            SpecCode.SPEC_SQL, scalar.place(), what + " has no SQL statement"));
            return Optional.empty();
        }
        return sql;
    }

    /// The one statement or expression of a text.
    Optional<SqlText> single(Node.Scalar scalar, String what) {
        var sql = statements(scalar, what);
        if (sql.isPresent() && sql.get().statements().size() > 1) {
            problems.add(
                    Problem.error(
                            SpecCode.SPEC_SQL,
                            inFile(sql.get().statements().get(1).place(), scalar),
                            what
                                    + " has "
                                    + sql.get().statements().size()
                                    + " statements, and may have one"));
            return Optional.empty();
        }
        return sql;
    }

    private Optional<SqlText> read(Node.Scalar scalar) {
        var text = scalar.text();
        int lines = linesBefore(scalar);
        int columns = columnsBefore(scalar);
        try {
            return Optional.of(
                    Splitter.split(
                            new Source(
                                    scalar.place().file(),
                                    "\n".repeat(lines) + " ".repeat(columns) + text)));
        } catch (ProblemException e) {
            e.problems().forEach(problem -> problems.add(inFile(problem, scalar)));
            return Optional.empty();
        }
    }

    /// What a reader of the text itself finds, at its place in the file.
    private static Problem inFile(Problem problem, Node.Scalar scalar) {
        return new Problem(
                problem.code(),
                problem.severity(),
                problem.place().map(place -> inFile(place, scalar)),
                problem.what(),
                problem.hint(),
                problem.trace(),
                problem.evidence());
    }

    /// A place in the text of a scalar, as its place in the file; a place in another file stays.
    static Place inFile(Place place, Node.Scalar scalar) {
        if (!place.file().equals(scalar.place().file())) {
            return place;
        }
        int line = place.line() - linesBefore(scalar);
        return scalar.within(
                line, line == 1 ? place.column() - columnsBefore(scalar) : place.column());
    }

    /// How many lines of the file stand before the text's first.
    private static int linesBefore(Node.Scalar scalar) {
        int line = scalar.place().line();
        return switch (scalar.style()) {
            case PLAIN, QUOTED -> line - 1;
            case LITERAL, FOLDED -> line;
        };
    }

    private static int columnsBefore(Node.Scalar scalar) {
        int column = scalar.place().column();
        return switch (scalar.style()) {
            case PLAIN -> column - 1;
            case QUOTED -> column;
            case LITERAL, FOLDED -> 0;
        };
    }
}
