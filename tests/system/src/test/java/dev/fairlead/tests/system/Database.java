package dev.fairlead.tests.system;

import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Status;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A unit's database, at the address that `render` says the unit gets as `DATABASE_URL`.
record Database(String jdbcUrl, String user, String password) {
    static Database of(Fairlead fairlead, String client, String... flags) {
        var command =
                Stream.concat(Stream.of("render", "--show-secrets", "-o", "json"), Stream.of(flags))
                        .toArray(String[]::new);
        for (var process : Status.objects(fairlead.done(command).json().get("processes"))) {
            if (client.equals(process.get("unit"))) {
                var environment = Status.object(process.get("env"));
                var url = URI.create(String.valueOf(environment.get("DATABASE_URL")));
                var jdbcUrl =
                        "jdbc:postgresql://%s:%d%s"
                                .formatted(url.getHost(), url.getPort(), url.getPath());
                var user = url.getUserInfo().split(":", 2);
                return new Database(jdbcUrl, user[0], user[1]);
            }
        }
        throw new AssertionError("render names no process of " + client);
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
