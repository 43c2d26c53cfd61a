package dev.fairlead.target.local.resolve;

import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.Home;
import java.nio.file.Path;
import java.util.Optional;

/// The port of the folder's postmaster.
final class PostgresPort {
    /// The name under which it stands among a unit's ports.
    static final String NAME = "postgres";

    private PostgresPort() {}

    static Optional<Integer> kept(Home home) {
        return Durable.read(file(home)).map(text -> Integer.parseInt(text.strip()));
    }

    static void keep(Home home, int port) {
        if (!kept(home).equals(Optional.of(port))) {
            Durable.writeTogether(file(home), port + "\n");
        }
    }

    private static Path file(Home home) {
        return home.postgres().resolve("port");
    }
}
