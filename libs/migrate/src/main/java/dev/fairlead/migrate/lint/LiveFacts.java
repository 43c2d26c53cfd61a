package dev.fairlead.migrate.lint;

import java.util.Map;

/// What is known of the live database, as far as rules need it.
///
/// @param serverVersion as `server_version_num`: 180000; 0 when there is no database
/// @param tables by `schema.table`
public record LiveFacts(int serverVersion, Map<String, Table> tables) {
    /// No database at hand: every table that the pending migrations do not make is taken to be large and busy.
    public static final LiveFacts NONE = new LiveFacts(0, Map.of());

    /// @param rows the planner's estimate
    /// @param bytes with indexes and TOAST
    public record Table(long rows, long bytes) {}

    public LiveFacts {
        tables = Map.copyOf(tables);
    }
}
