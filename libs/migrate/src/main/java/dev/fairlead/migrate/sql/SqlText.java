package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Source;
import java.util.List;

/// A text of SQL, split into its statements.
///
/// @param source the whole text; statements are parts of it
public record SqlText(Source source, List<Statement> statements) {
    public SqlText {
        statements = List.copyOf(statements);
    }

    /// The place of the text's beginning.
    public Place place() {
        return source.at(0);
    }
}
