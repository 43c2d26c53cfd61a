package dev.fairlead.migrate.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the schema of a database, for PostgreSQL 15 to 18. Left out are what PostgreSQL and its extensions bring, the
/// migrator's own schema, and tables in which other tools keep what has run.
public final class Catalogue {
    /// Each gives rows of object, property, value; several values of one property are one below the other.
    private static final List<String> QUERIES =
            List.of("relations", "columns", "parts", "routines", "types", "others");

    private Catalogue() {}

    /// One consistent snapshot, read in a transaction that cannot write.
    ///
    /// @param connection in autocommit, which nobody else uses meanwhile; any role that may connect will do
    /// @throws SQLException also when somebody holds a table for longer than two seconds, so that it cannot be read
    public static Snapshot read(Connection connection) throws SQLException {
        var objects = new TreeMap<String, SortedMap<String, String>>();
        try (var statement = connection.createStatement()) {
            statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            try {
                // Names come out with their schema, whatever the search path is.
                statement.execute("SET LOCAL search_path = ''");
                // Some of the server's functions wait for a table that somebody holds.
                statement.execute("SET LOCAL lock_timeout = '2s'");
                statement.execute("SET LOCAL quote_all_identifiers = off");
                statement.execute("SET LOCAL bytea_output = 'hex'");
                for (var name : QUERIES) {
                    try (var rows = statement.executeQuery(query(name))) {
                        while (rows.next()) {
                            var value = rows.getString(3);
                            if (value != null && !value.isEmpty()) {
                                objects.computeIfAbsent(rows.getString(1), _ -> new TreeMap<>())
                                        .merge(
                                                rows.getString(2),
                                                value,
                                                (one, other) -> one + "\n" + other);
                            }
                        }
                    }
                }
            } finally {
                statement.execute("ROLLBACK");
            }
        }
        return new Snapshot(objects);
    }

    private static String query(String name) {
        return text("own.sql") + text(name + ".sql");
    }

    private static String text(String name) {
        try (var in = Catalogue.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
