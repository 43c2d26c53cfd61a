package dev.fairlead.target.local.resolve;

import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.state.EnvironmentFolder;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.state.Secrets;
import java.util.List;

/// What is kept of a unit's databases: enough to drop them when nobody has handed over what they were for.
public final class KeptDatabases {
    private KeptDatabases() {}

    /// The physical names.
    public static List<String> of(EnvironmentFolder folder, UnitName unit) {
        return Book.read(folder).databasesOf(unit.value());
    }

    /// The physical names of all units, by name.
    public static List<String> all(EnvironmentFolder folder) {
        return List.copyOf(Book.read(folder).databases());
    }

    /// Whether ports are kept for the environment.
    public static boolean hasPorts(EnvironmentFolder folder) {
        return !Book.read(folder).numbers().isEmpty();
    }

    /// The postmaster's port; 0 when none was ever chosen.
    public static int port(Home home) {
        return PostgresPort.kept(home).orElse(0);
    }

    /// Forgets the names and the password: the databases are gone.
    public static void forget(EnvironmentFolder folder, UnitName unit) {
        var book = Book.read(folder);
        book.dropDatabases(unit.value());
        book.write(folder);
        new Secrets(folder).dropPassword(unit.value());
    }
}
