package dev.fairlead.migrate.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A database of a test.
public record Db(PostgresServer server, String name) {
    /// As people write it, with the password.
    public String url() {
        return urlAs("postgres");
    }

    /// For another user, with the same password.
    public String urlAs(String user) {
        return "postgresql://%s:%s@127.0.0.1:%d/%s"
                .formatted(user, PostgresServer.PASSWORD, server.port(), name);
    }

    /// Through somebody who listens on another port.
    public String urlThrough(int port) {
        return "postgresql://postgres:%s@127.0.0.1:%d/%s"
                .formatted(PostgresServer.PASSWORD, port, name);
    }

    public Connection connect() throws SQLException {
        return server.connect(name);
    }

    public void run(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// The rows of a query, `|` between the columns.
    public List<String> rows(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement();
                var set = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (set.next()) {
                var row = new ArrayList<String>();
                for (int i = 1; i <= set.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(set.getString(i)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// The only value of a query.
    public String value(String sql) {
        return rows(sql).getFirst();
    }

    /// The schema as `pg_dump` writes it, without what migrators keep for themselves. Only for a server that is no newer than pg_dump.
    public String dump() {
        return server.run(
                        List.of(
                                server.program("pg_dump"),
                                "--schema-only",
                                "--exclude-schema=fairlead",
                                "--exclude-table=*.goose_db_version*",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                String.valueOf(server.port()),
                                "-U",
                                "postgres",
                                name))
                .lines()
                .filter(line -> !line.startsWith("--") && !line.startsWith("\\"))
                .collect(Collectors.joining("\n"));
    }

    /// Another database with what is in this one, to which nobody may be connected.
    public Db copy() {
        return server.fresh(name);
    }

    public void drop() {
        server.drop(name);
    }

    /// Indexes that are there and are not valid.
    public List<String> invalidIndexes() {
        return rows(
                "SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid OR NOT indisready");
    }
}
