package dev.fairlead.migrate.sql;

import java.util.Optional;

/// The name of a table, an index, a type as a statement has it; identifiers as PostgreSQL folds them.
///
/// @param schema empty when the search path decides
public record ObjectName(Optional<String> schema, String name) {
    /// `schema.name` or `name`, for messages and as a key of {@link dev.fairlead.migrate.lint.LiveFacts}.
    @Override
    public String toString() {
        return schema.map(s -> s + ".").orElse("") + name;
    }
}
