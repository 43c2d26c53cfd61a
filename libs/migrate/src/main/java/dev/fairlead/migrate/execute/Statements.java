package dev.fairlead.migrate.execute;

import dev.fairlead.migrate.execute.Failures.StatementFailed;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.Statement;
import dev.fairlead.migrate.sql.Token;
import dev.fairlead.migrate.store.BatchFailure;
import dev.fairlead.migrate.store.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Sends statements of the user's, as many at once as may be sent together.
final class Statements {
    /// What gives no rows back (see {@link Session#batch}).
    private static final Set<String> TOGETHER =
            Set.of(
                    "create",
                    "alter",
                    "drop",
                    "comment",
                    "grant",
                    "revoke",
                    "set",
                    "reset",
                    "insert",
                    "update",
                    "delete",
                    "merge",
                    "truncate",
                    "do",
                    "lock",
                    "security",
                    "reassign");

    /// What changes rows, so that their number is of interest.
    private static final Set<String> ROWS = Set.of("insert", "update", "delete", "merge", "do");

    private Statements() {}

    /// Whether all can be sent together with other things.
    static boolean together(List<Statement> statements) {
        return statements.stream().allMatch(Statements::together);
    }

    private static boolean together(Statement statement) {
        var first = statement.tokens().getFirst();
        return first.kind() == Token.Kind.WORD
                && TOGETHER.contains(first.value())
                && !copy(statement);
    }

    /// Whether none can change rows of a table.
    static boolean withoutRows(List<Statement> statements) {
        return statements.stream().noneMatch(Statements::changesRows);
    }

    private static boolean changesRows(Statement statement) {
        var tokens = statement.tokens();
        return ROWS.contains(tokens.getFirst().value())
                || (tokens.getFirst().is("create")
                        && tokens.stream().anyMatch(token -> token.is("as"))
                        && tokens.stream().anyMatch(token -> token.is("table")));
    }

    private static boolean copy(Statement statement) {
        return statement.tokens().getLast().kind() == Token.Kind.COPY_DATA;
    }

    static List<String> texts(List<Statement> statements) {
        return statements.stream().map(Statement::text).toList();
    }

    static List<Statement> of(List<Facts> facts) {
        return facts.stream().map(Facts::statement).toList();
    }

    /// Runs them in order.
    ///
    /// @return how many rows they changed
    static long run(Session session, List<Statement> statements) throws StatementFailed {
        long rows = 0;
        var ready = new ArrayList<Statement>();
        for (var statement : statements) {
            if (together(statement)) {
                ready.add(statement);
            } else {
                rows += send(session, ready);
                ready.clear();
                rows += one(session, statement);
            }
        }
        return rows + send(session, ready);
    }

    /// Runs one on its own.
    static long one(Session session, Statement statement) throws StatementFailed {
        try {
            return copy(statement)
                    ? session.copy(statement.text(), statement.tokens().getLast().value())
                    : session.execute(statement.text());
        } catch (SQLException e) {
            throw new StatementFailed(Optional.of(statement), e);
        }
    }

    private static long send(Session session, List<Statement> statements) throws StatementFailed {
        if (statements.isEmpty()) {
            return 0;
        }
        try {
            return session.batch(texts(statements));
        } catch (BatchFailure e) {
            var at =
                    e.index() >= 0 && e.index() < statements.size()
                            ? Optional.of(statements.get(e.index()))
                            : Optional.<Statement>empty();
            throw new StatementFailed(at, e.error());
        }
    }

    /// Runs statements of the migrator's own.
    static void ours(Session session, List<String> statements) throws StatementFailed {
        try {
            session.batch(statements);
        } catch (BatchFailure e) {
            throw new StatementFailed(Optional.empty(), e.error());
        }
    }
}
