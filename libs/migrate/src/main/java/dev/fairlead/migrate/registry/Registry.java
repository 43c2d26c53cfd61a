package dev.fairlead.migrate.registry;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.migrate.model.Dependency;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Version;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The migrations that are known, of all owners. Not safe for several threads while migrations are registered.
public final class Registry {
    private final NavigableMap<MigrationKey, NavigableMap<Version, Migration>> byKey =
            new TreeMap<>();

    /// A registry of these migrations.
    ///
    /// @throws ProblemException with every key and version that is there twice
    public static Registry of(Collection<Migration> migrations) {
        var registry = new Registry();
        var problems = new Problems();
        for (var migration : migrations) {
            try {
                registry.register(migration);
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        problems.throwIfErrors();
        return registry;
    }

    /// @throws ProblemException when its key and version are there already; the former stays
    public void register(Migration migration) {
        var versions = byKey.computeIfAbsent(migration.key(), _ -> new TreeMap<>());
        var former = versions.putIfAbsent(migration.version(), migration);
        if (former != null) {
            throw Problem.error(
                            RegistryCode.DUPLICATE_MIGRATION,
                            migration.place(),
                            "%s is there twice: in %s and in %s"
                                    .formatted(
                                            migration.id(),
                                            former.place().file(),
                                            migration.place().file()))
                    .withHint("the first is at " + former.place())
                    .thrown();
        }
    }

    /// The migration of a key, in its highest version.
    public Optional<Migration> find(MigrationKey key) {
        return Optional.ofNullable(byKey.get(key)).map(versions -> versions.lastEntry().getValue());
    }

    public Optional<Migration> find(MigrationKey key, Version version) {
        return Optional.ofNullable(byKey.get(key)).map(versions -> versions.get(version));
    }

    /// The migration of a key, in its highest version.
    ///
    /// @throws ProblemException when there is none
    public Migration require(MigrationKey key) {
        return find(key)
                .orElseThrow(() ->
                        Problem.error(
                                        RegistryCode.UNKNOWN_MIGRATION,
                                        "there is no migration " + key)
                                .withHint(nearest(key))
                                .thrown());
    }

    /// @throws ProblemException when there is none
    public Migration require(MigrationKey key, Version version) {
        require(key);
        return find(key, version)
                .orElseThrow(() ->
                        Problem.error(
                                        RegistryCode.UNKNOWN_MIGRATION,
                                        "there is no version %s of %s".formatted(version, key))
                                .withHint("there is " + versions(key))
                                .thrown());
    }

    /// A snapshot, by key in the order of its bytes, then by version.
    public List<Migration> list() {
        return byKey.values().stream().flatMap(versions -> versions.values().stream()).toList();
    }

    /// What will do for a dependency, the highest version first.
    List<Migration> candidates(Dependency dependency) {
        var versions = byKey.get(dependency.key());
        if (versions == null) {
            return List.of();
        }
        return List.copyOf(
                dependency
                        .least()
                        .map(least -> versions.tailMap(least, true))
                        .orElse(versions)
                        .descendingMap()
                        .values());
    }

    /// `1.0.0, 1.2.0`; empty when there is no such key.
    String versions(MigrationKey key) {
        return Optional.ofNullable(byKey.get(key)).stream()
                .flatMap(versions -> versions.keySet().stream())
                .map(Version::toString)
                .collect(Collectors.joining(", "));
    }

    Optional<String> nearest(MigrationKey key) {
        return Nearest.hint(key.text(), byKey.keySet().stream().map(MigrationKey::text).toList());
    }
}
