package dev.fairlead.bench.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// The least that a migrator in Java must do: read the files, and for each one transaction with its statement and a row of
/// a history.
///
/// `RawJdbc JDBC-URL FOLDER`
public final class RawJdbc {
    private RawJdbc() {}

    public static void main(String[] args) throws IOException, SQLException {
        try (var connection = DriverManager.getConnection(args[0], "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE IF NOT EXISTS history (name text PRIMARY KEY, at timestamptz)");
            connection.setAutoCommit(false);
            try (var files = Files.list(Path.of(args[1]));
                    var row =
                            connection.prepareStatement("INSERT INTO history VALUES (?, now())")) {
                for (var file : files.sorted().toList()) {
                    statement.execute(Files.readString(file));
                    row.setString(1, String.valueOf(file.getFileName()));
                    row.executeUpdate();
                    connection.commit();
                }
            }
        }
    }
}
