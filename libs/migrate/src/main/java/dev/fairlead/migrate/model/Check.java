package dev.fairlead.migrate.model;

import dev.fairlead.migrate.sql.SqlText;

/// A question to the database around a step: one SQL query that gives true. NULL, no row or several rows fail it.
///
/// @param expression a query, or an expression, which stands for `SELECT (expression)`
public record Check(String description, SqlText expression) {}
