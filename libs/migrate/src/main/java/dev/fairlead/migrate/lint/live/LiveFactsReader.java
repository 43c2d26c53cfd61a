package dev.fairlead.migrate.lint.live;

import dev.fairlead.migrate.lint.LiveFacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/// Reads the sizes and columns of all tables of a database.
public final class LiveFactsReader {
    private LiveFactsReader() {}

    /// @param connection in autocommit, which nobody else uses meanwhile; any role will do
    /// @throws SQLException also when a table stays locked for five seconds, so that its size cannot be read
    public static LiveFacts read(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("BEGIN READ ONLY");
            try {
                statement.execute("SET LOCAL lock_timeout = '5s'");
                try (var rows = statement.executeQuery(query())) {
                    return facts(rows);
                }
            } finally {
                statement.execute("ROLLBACK");
            }
        }
    }

    private static LiveFacts facts(ResultSet rows) throws SQLException {
        int version = 0;
        var tables = new HashMap<String, LiveFacts.Table>();
        while (rows.next()) {
            version = rows.getInt("server_version");
            var name = rows.getString("name");
            if (name != null) {
                tables.put(
                        name,
                        new LiveFacts.Table(
                                rows.getLong("rows"), rows.getLong("bytes"), columns(rows)));
            }
        }
        return new LiveFacts(version, tables);
    }

    private static Map<String, LiveFacts.Column> columns(ResultSet rows) throws SQLException {
        var array = rows.getArray("names");
        if (array == null) {
            return Map.of(); // a table may have no column
        }
        var names = (String[]) array.getArray();
        var types = (String[]) rows.getArray("types").getArray();
        var neverNull = (Boolean[]) rows.getArray("never_null").getArray();
        var columns = new HashMap<String, LiveFacts.Column>();
        for (int i = 0; i < names.length; i++) {
            columns.put(names[i], new LiveFacts.Column(types[i], neverNull[i]));
        }
        return columns;
    }

    private static String query() {
        try (var in = LiveFactsReader.class.getResourceAsStream("facts.sql")) {
            if (in == null) {
                throw new IllegalStateException("facts.sql is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
