package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Facts.InTransaction;
import java.util.List;

/// Tells what a statement does, for PostgreSQL 15 to 18, from its words alone.
public final class Classifier {
    private Classifier() {}

    /// What the statement does. One that no rule knows may run in a transaction, locks nothing and has no effect: the
    /// server will say what it thinks of it.
    public static Facts classify(Statement statement) {
        var first = statement.tokens().getFirst().value().toUpperCase(java.util.Locale.ROOT);
        return new Facts(statement, first, InTransaction.YES, List.of(), List.of(), false);
    }
}
