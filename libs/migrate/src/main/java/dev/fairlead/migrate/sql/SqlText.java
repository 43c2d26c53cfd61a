package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Source;
import java.util.List;

/// A text of SQL, split into its statements.
///
/// @param source the whole text; statements are parts of it, or of a text of their own where the file's text was changed
///     before it was split (goose's substitution of variables)
/// @param queries the same statements as they are sent, in the same order
public record SqlText(Source source, List<Statement> statements, List<Query> queries) {
    /// What is sent to the server in one message, and so, outside of a transaction, is one implicit transaction. A query
    /// has one statement everywhere but in goose files: goose sends what stands before a semicolon at the end of a line,
    /// or between StatementBegin and StatementEnd, as one.
    ///
    /// @param start the offset of its first character in the source's text
    /// @param end the offset after its last character, which may be a semicolon or stand in a comment
    /// @param statements at least one
    public record Query(Source source, int start, int end, List<Statement> statements) {
        public Query {
            statements = List.copyOf(statements);
            if (statements.isEmpty()) {
                throw new IllegalArgumentException("a query without a statement");
            }
        }

        /// One statement alone.
        public static Query of(Statement statement) {
            return new Query(
                    statement.source(), statement.start(), statement.end(), List.of(statement));
        }

        /// What is sent, where none of the statements copies rows.
        public String text() {
            return source.text().substring(start, end);
        }

        public Place place() {
            return source.at(start);
        }
    }

    public SqlText {
        statements = List.copyOf(statements);
        queries = List.copyOf(queries);
    }

    /// A text whose statements are sent one by one.
    public SqlText(Source source, List<Statement> statements) {
        this(source, statements, statements.stream().map(Query::of).toList());
    }

    /// The place of the text's beginning.
    public Place place() {
        return source.at(0);
    }
}
