package dev.fairlead.migrate.lint.prove;

import dev.fairlead.migrate.catalogue.Catalogue;
import dev.fairlead.migrate.catalogue.Snapshot;
import dev.fairlead.migrate.store.Database;
import dev.fairlead.migrate.store.Literal;
import java.sql.SQLException;

/// A database that is made for a proof and goes with it.
final class Scratch implements AutoCloseable {
    private final Database server;
    private final String name;
    private final Database database;

    /// @param server any database of the server, whose user may make databases
    Scratch(Database server, String name) throws SQLException {
        this.server = server;
        this.name = name;
        this.database =
                server.sibling(name)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "a scratch database needs the address of a server"));
        run("CREATE DATABASE " + Literal.name(name));
    }

    Database database() {
        return database;
    }

    Snapshot snapshot() throws SQLException {
        try (var connection = database.open("fairlead-migrate proves")) {
            return Catalogue.read(connection);
        }
    }

    /// Empty again.
    void renew() throws SQLException {
        drop();
        run("CREATE DATABASE " + Literal.name(name));
    }

    private void drop() throws SQLException {
        run("DROP DATABASE IF EXISTS " + Literal.name(name) + " WITH (FORCE)");
    }

    private void run(String sql) throws SQLException {
        try (var connection = server.open("fairlead-migrate proves");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        drop();
    }
}
