package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.migrate.sql.SqlText;
import dev.fairlead.migrate.sql.Token;
import java.util.List;
import java.util.Optional;

/// Finds assertions that can never be false. It knows what {@link Assertion} knows of expressions; what it does not
/// understand, it takes to be able to fail.
final class VacuousAssertion {
    private VacuousAssertion() {}

    /// @param certain whether it is never false; otherwise only a missing answer counts as true
    record Verdict(Place place, String reason, boolean certain) {}

    static Optional<Verdict> judge(SqlText assertion) {
        if (assertion.statements().size() != 1) {
            return Optional.empty();
        }
        var statement = assertion.statements().getFirst();
        var expression = expression(statement.tokens());
        if (expression.isEmpty()) {
            return Optional.empty();
        }
        return switch (Assertion.judge(expression)) {
            case TRUE -> Optional.of(new Verdict(statement.place(), "can never be false", true));
            case MISSING_IS_TRUE ->
                    Optional.of(
                            new Verdict(
                                    statement.place(),
                                    "takes a missing answer for true (COALESCE)",
                                    false));
            case FALSE, OPEN -> Optional.empty();
        };
    }

    /// What the query selects, when its answer is always exactly one row; else nothing, as a missing row fails.
    private static List<Token> expression(List<Token> tokens) {
        if (!tokens.getFirst().is("select")) {
            return Words.isName(tokens.getFirst())
                            && List.of("with", "values", "table")
                                    .contains(tokens.getFirst().value())
                    ? List.of()
                    : tokens;
        }
        var select = Select.of(tokens);
        return select.alwaysOneRow() && select.targets().size() == 1
                ? select.targets().getFirst()
                : List.of();
    }

    /// Whether the query has a row whatever the tables hold.
    static boolean alwaysHasRow(List<Token> query) {
        return !query.isEmpty() && query.getFirst().is("select") && Select.of(query).alwaysOneRow();
    }
}
