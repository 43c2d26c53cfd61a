package dev.fairlead.migrate.lint;

/// Which half of expand and contract a migration belongs to.
public enum Phase {
    /// Adds: the code that runs now goes on as before.
    EXPAND,
    /// Takes away, renames or forbids: code that was made for the schema before may fail.
    CONTRACT,
    /// Neither: rows, indexes, comments.
    NEUTRAL
}
