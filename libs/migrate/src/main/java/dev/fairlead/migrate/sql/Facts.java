package dev.fairlead.migrate.sql;

import java.util.List;

/// What a statement does, as far as its text tells.
///
/// @param command what it is, in upper case: `CREATE INDEX CONCURRENTLY`, `ALTER TABLE`, `SELECT`
/// @param locks on tables, strongest first
/// @param effects in the order of the text; empty where nothing that anybody here needs to know happens
/// @param destructive whether data or a part of the schema is lost
public record Facts(
        Statement statement,
        String command,
        InTransaction inTransaction,
        List<Lock> locks,
        List<Effect> effects,
        boolean destructive) {
    /// A lock that is taken on a table.
    public record Lock(ObjectName table, LockMode mode) {}

    /// Whether a statement may stand in a transaction block.
    public enum InTransaction {
        /// It may.
        YES,
        /// The server refuses it there: `CREATE INDEX CONCURRENTLY`, `VACUUM`, `CREATE DATABASE` …
        REFUSED,
        /// It begins or ends one: `BEGIN`, `COMMIT`, `ROLLBACK`.
        CONTROLS,
        /// A `CALL` or `DO` whose body commits, or may do so.
        MAY_COMMIT
    }

    public Facts {
        locks = List.copyOf(locks);
        effects = List.copyOf(effects);
    }
}
