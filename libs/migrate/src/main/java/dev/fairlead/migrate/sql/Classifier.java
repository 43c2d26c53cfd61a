package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Words.Unreadable;

/// Tells what a statement does, for PostgreSQL 15 to 18, from its words alone.
///
/// Locks are those on tables, views and sequences that were there before and that the text names; what only the catalogue
/// knows (the table of an index to drop, the default partition) is not among them. The columns and constraints of a
/// CREATE TABLE follow its {@link Effect.CreateTable} as {@link Effect.AddColumn} and {@link Effect.AddConstraint}.
public final class Classifier {
    private Classifier() {}

    /// What the statement does. One that no rule knows may run in a transaction, locks nothing and has no effect: the
    /// server will say what it thinks of it.
    public static Facts classify(Statement statement) {
        var draft = new Draft();
        try {
            read(new Words(statement.source().text(), statement.tokens()), draft);
        } catch (Unreadable e) {
            // What was found until there holds; the rest is the server's to refuse.
            return draft.facts(statement);
        }
        return draft.facts(statement);
    }

    static void read(Words words, Draft draft) {
        var first = words.peek();
        draft.command(first.value());
        switch (first.value()) {
            case "create" -> CreateRules.read(words, draft);
            case "alter" -> AlterRules.read(words, draft);
            case "drop" -> DropRules.read(words, draft);
            case "select", "values", "table", "with", "insert", "update", "delete", "merge", "(" ->
                    Queries.read(words, draft);
            case "copy",
                    "truncate",
                    "lock",
                    "refresh",
                    "analyze",
                    "analyse",
                    "vacuum",
                    "cluster",
                    "reindex",
                    "comment",
                    "security" ->
                    TableRules.read(words, draft);
            default -> SessionRules.read(words, draft);
        }
    }
}
