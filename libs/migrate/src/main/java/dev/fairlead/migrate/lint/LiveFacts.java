package dev.fairlead.migrate.lint;

import java.util.Map;

/// What is known of the live database, as far as rules need it.
///
/// @param serverVersion as `server_version_num`: 180000; 0 when there is no database
/// @param tables by `schema.table`
public record LiveFacts(int serverVersion, Map<String, Table> tables) {
    /// No database at hand: every table that the pending migrations do not make is taken to be large and busy.
    public static final LiveFacts NONE = new LiveFacts(0, Map.of());

    /// A database that does not exist yet: what the pending migrations do not make is not there.
    public static final LiveFacts EMPTY = new LiveFacts(1, Map.of());

    /// @param rows the planner's estimate; 0 only when the table is really empty
    /// @param bytes with indexes and TOAST
    /// @param columns by name; empty when nobody looked
    public record Table(long rows, long bytes, Map<String, Column> columns) {
        public Table {
            columns = Map.copyOf(columns);
        }

        /// A table whose columns nobody looked at.
        public Table(long rows, long bytes) {
            this(rows, bytes, Map.of());
        }
    }

    /// @param type as `format_type` writes it: `character varying(20)`
    /// @param neverNull whether NOT NULL or a valid CHECK already holds it
    public record Column(String type, boolean neverNull) {}

    public LiveFacts {
        tables = Map.copyOf(tables);
    }

    /// Whether there was a database to ask.
    public boolean known() {
        return serverVersion > 0;
    }
}
