package dev.fairlead.migrate.spec;

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
                            sql.get().statements().get(1).place(),
                            what
                                    + " has "
                                    + sql.get().statements().size()
                                    + " statements, and may have one"));
            return Optional.empty();
        }
        return sql;
    }

    private Optional<SqlText> read(Node.Scalar scalar) {
        var source = Source.inside(scalar.place().file(), scalar.text(), scalar::within);
        try {
            return Optional.of(Splitter.split(source));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }
}
