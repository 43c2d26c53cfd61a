package dev.fairlead.migrate.registry;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.migrate.model.Migration;
import java.util.List;
import java.util.Optional;

/// The migrations of a registry in the order in which they run: after everything that they need; of those that could be
/// next, the one with the lowest key, in the order of bytes, then the lowest version.
///
/// A migration needs what it depends on, the version of its own key before, and, read from a goose file, the file of the
/// same unit with the number before. A dependency is on the highest version that will do and does not itself need the
/// dependant.
public final class Order {
    /// Why one migration comes after another.
    ///
    /// @param place of the dependency; empty where the versions of a key or the numbers of files say it
    public record Need(Migration migration, Migration needed, Optional<Place> place) {}

    private final List<Migration> migrations;
    private final List<Need> needs;

    Order(List<Migration> migrations, List<Need> needs) {
        this.migrations = List.copyOf(migrations);
        this.needs = List.copyOf(needs);
    }

    /// @throws ProblemException with every dependency that is not there, and every circle with its path
    public static Order of(Registry registry) {
        return new Ordering(registry).order();
    }

    public List<Migration> migrations() {
        return migrations;
    }

    /// Every reason for the order, by the migration that waits, in the order of the registry.
    public List<Need> needs() {
        return needs;
    }

    /// The migrations that directly need this one, in the order in which they run; it cannot be undone while one of them
    /// is applied.
    public List<Migration> dependants(Migration migration) {
        var ids =
                needs.stream()
                        .filter(need -> need.needed().id().equals(migration.id()))
                        .map(need -> need.migration().id())
                        .toList();
        return migrations.stream().filter(other -> ids.contains(other.id())).toList();
    }
}
