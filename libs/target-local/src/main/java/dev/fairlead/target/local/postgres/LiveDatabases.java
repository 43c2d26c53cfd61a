package dev.fairlead.target.local.postgres;

import java.io.IOException;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which databases the folder's postmaster has now.
public final class LiveDatabases {
    private LiveDatabases() {}

    /// Their physical names; empty when it takes no connections.
    public static Optional<SortedSet<String>> names(Layout layout) {
        try (var client = SqlClient.connect(layout.socket(layout.port()), "postgres", "postgres")) {
            var names = new TreeSet<String>();
            client.query("SELECT datname FROM pg_database WHERE datallowconn")
                    .forEach(row -> names.add(row.getFirst()));
            return Optional.of(names);
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
