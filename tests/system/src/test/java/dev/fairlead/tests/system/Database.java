package dev.fairlead.tests.system;

import dev.fairlead.tests.system.world.Fairlead;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// A unit's database, at the address that `render` says the unit gets as `DATABASE_URL`.
record Database(String jdbcUrl, String user, String password) {
    static Database of(Fairlead fairlead, String client, String... flags) {
        var url = URI.create(Rendered.variable(fairlead, client, "DATABASE_URL", flags));
        var user = url.getUserInfo().split(":", 2);
        var jdbcUrl =
                "jdbc:postgresql://%s:%d%s".formatted(url.getHost(), url.getPort(), url.getPath());
        return new Database(jdbcUrl, user[0], user[1]);
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    void run(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<Long> numbers(String sql) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var numbers = new ArrayList<Long>();
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
            return numbers;
        }
    }
}
