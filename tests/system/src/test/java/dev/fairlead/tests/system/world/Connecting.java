package dev.fairlead.tests.system.world;

import java.sql.DriverManager;
import java.sql.SQLException;

/// A client of a database: connects, asks, stays. Ends with the database's own words when it cannot.
public final class Connecting {
    private Connecting() {}

    /// The words of a `command:` that runs it.
    ///
    /// @param url as a stack knows it: `postgresql://USER:PASSWORD@HOST:PORT/DATABASE`
    public static String command(String url, String question) {
        return Programs.command(
                Connecting.class, new String[] {url, question}, org.postgresql.Driver.class);
    }

    public static void main(String[] arguments) throws InterruptedException {
        var at = java.net.URI.create(arguments[0]);
        var who = at.getUserInfo().split(":", 2);
        var url = "jdbc:postgresql://%s:%d%s".formatted(at.getHost(), at.getPort(), at.getPath());
        try (var connection = DriverManager.getConnection(url, who[0], who[1]);
                var statement = connection.createStatement()) {
            statement.execute(arguments[1]);
            System.out.println("connected");
            Thread.currentThread().join();
        } catch (SQLException e) {
            System.out.println("database: " + e.getMessage());
            System.exit(1);
        }
    }
}
