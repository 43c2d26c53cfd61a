package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.model.Check;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.sql.SqlText;
import dev.fairlead.migrate.sql.Token;
import dev.fairlead.migrate.store.Session;
import dev.fairlead.migrate.store.Session.Answer;
import dev.fairlead.migrate.store.SqlStates;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Asks the checks of one attempt and keeps what they said. Only true passes.
final class Checks {
    private static final Set<String> QUERIES = Set.of("select", "with", "values", "table");

    private final PlannedStep step;
    private final List<Map<String, Object>> results = new ArrayList<>();

    Checks(PlannedStep step) {
        this.step = step;
    }

    /// Asks one after the other, up to the first that does not give true.
    ///
    /// @param phase `pre`, `post` or `assertion`
    /// @return what is wrong
    /// @throws SQLException when the connection broke or the question was cancelled
    Optional<Problem> ask(Session session, String phase, List<Check> checks) throws SQLException {
        for (var check : checks) {
            var said = ask(session, check.expression());
            var result = new LinkedHashMap<String, Object>();
            result.put("phase", phase);
            result.put("description", check.description());
            result.put("result", said);
            results.add(result);
            if (!said.equals("true")) {
                return Optional.of(problem(phase, check, said));
            }
        }
        return Optional.empty();
    }

    private static String ask(Session session, SqlText expression) throws SQLException {
        try {
            var answer = session.ask(query(expression));
            return switch (answer) {
                case Answer.None _ -> "no row";
                case Answer.Many _ -> "several rows or columns";
                case Answer.One one when !one.type().equals("bool") ->
                        "a value of type " + one.type();
                case Answer.One one ->
                        one.value()
                                .map(text -> text.startsWith("t") ? "true" : "false")
                                .orElse("null");
            };
        } catch (SQLException e) {
            if (SqlStates.connection(e) || SqlStates.cancelled(e)) {
                throw e;
            }
            return "an error: " + SqlStates.said(e);
        }
    }

    /// A query as it is; anything else is an expression.
    private static String query(SqlText expression) {
        if (expression.statements().isEmpty()) {
            return "SELECT NULL::boolean";
        }
        var statement = expression.statements().getFirst();
        var first = statement.tokens().getFirst();
        boolean query = first.kind() == Token.Kind.WORD && QUERIES.contains(first.value());
        return query ? statement.text() : "SELECT (" + statement.text() + "\n)";
    }

    private Problem problem(String phase, Check check, String said) {
        var name =
                switch (phase) {
                    case "pre" -> "the check before";
                    case "post" -> "the check after";
                    default -> "the assertion of";
                };
        return Problem.error(
                MigrateCode.CHECK_FAILED,
                check.expression().statements().isEmpty()
                        ? step.step().header().place()
                        : check.expression().statements().getFirst().place(),
                "%s step %d of %s gave %s in place of true: %s"
                        .formatted(
                                name,
                                step.index() + 1,
                                step.migration().id(),
                                said,
                                check.description()));
    }

    /// Whether those after the step have been asked.
    boolean afterwards() {
        return results.stream().anyMatch(result -> "post".equals(result.get("phase")));
    }

    /// For the history's row: nothing, or `checks` with every question and what came back.
    Map<String, Object> detail() {
        return results.isEmpty() ? Map.of() : Map.of("checks", List.copyOf(results));
    }
}
