package dev.fairlead.migrate.store;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// How connections to one database are opened. Its {@link #toString} and its problems never show a password.
public final class Database {
    private final String shown;
    private final @Nullable DataSource source;
    private final Optional<DatabaseUrl> url;

    private Database(String shown, @Nullable DataSource source, Optional<DatabaseUrl> url) {
        this.shown = shown;
        this.source = source;
        this.url = url;
    }

    /// A database by its address: `postgresql://user:password@host:port/name?sslmode=require`, as libpq has it, or the
    /// `jdbc:postgresql:` form.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException `BAD_DATABASE_URL`
    public static Database of(String address) {
        var url = DatabaseUrl.parse(address);
        return new Database(url.shown(), null, Optional.of(url));
    }

    /// The database of a program that has its connections already. The connections must be PostgreSQL's own or unwrap to
    /// them, and must not go through a pooler that shares sessions.
    public static Database of(DataSource source) {
        return new Database("the data source", source, Optional.empty());
    }

    /// A new connection, in autocommit.
    ///
    /// @param application its name for others who look at the server
    /// @throws SQLException when there is none
    public Connection open(String application) throws SQLException {
        if (source != null) {
            var connection = source.getConnection();
            connection.setAutoCommit(true);
            connection.setClientInfo("ApplicationName", application);
            return connection;
        }
        var from = url.orElseThrow();
        var properties = new Properties();
        from.settings().forEach(properties::setProperty);
        properties.put("ApplicationName", application);
        // Then the name is part of the connection's beginning, and RESET ALL comes back to it.
        properties.putIfAbsent("assumeMinServerVersion", "15");
        properties.putIfAbsent("tcpKeepAlive", "true");
        properties.putIfAbsent("connectTimeout", "10");
        properties.putIfAbsent("loginTimeout", "30");
        var connection = new org.postgresql.Driver().connect(from.jdbc(), properties);
        if (connection == null) {
            throw Problem.error(
                            MigrateCode.BAD_DATABASE_URL, "not an address of PostgreSQL: " + shown)
                    .thrown();
        }
        return connection;
    }

    /// The role that connects, and the database's name, where the address tells them.
    public Optional<String> role() {
        return url.map(one -> one.settings().get("user"));
    }

    public Optional<String> name() {
        return url.map(DatabaseUrl::database);
    }

    /// Another database of the same server, by the same user; empty for a {@link DataSource}, which does not tell where
    /// it leads.
    public Optional<Database> sibling(String name) {
        return url.map(one -> {
            var other = new DatabaseUrl(one.hosts(), name, one.settings());
            return new Database(other.shown(), null, Optional.of(other));
        });
    }

    /// Whether its connections are somebody's who goes on using them.
    boolean pooled() {
        return source != null;
    }

    /// What a program needs to reach the same database: `DATABASE_URL` and the `PG*` variables, with the password. Empty
    /// for a {@link DataSource}, which does not tell it.
    public Map<String, String> environment() {
        return url.map(DatabaseUrl::environment).orElseGet(TreeMap::new);
    }

    /// `host:port/name`.
    @Override
    public String toString() {
        return shown;
    }
}
