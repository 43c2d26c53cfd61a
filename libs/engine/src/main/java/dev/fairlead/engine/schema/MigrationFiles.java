package dev.fairlead.engine.schema;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.engine.EngineCode;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.registry.Order;
import dev.fairlead.migrate.registry.Registry;
import dev.fairlead.migrate.registry.RegistryCode;
import dev.fairlead.migrate.registry.Sources;
import dev.fairlead.migrate.source.SourceFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads the migrations of a stack or of a single folder. Those of a stack make one registry, so that one may depend on
/// another owner's; which database each runs in stays with its unit.
public final class MigrationFiles {
    private final Map<String, String> variables;

    /// @param variables what a goose file that says `ENVSUB ON` may use
    public MigrationFiles(Map<String, String> variables) {
        this.variables = variables;
    }

    /// The migrations of one folder, each after those that it depends on. A folder that somebody names and that has none is
    /// the wrong folder.
    ///
    /// @param owner whose they are: goose files are named by it
    /// @throws ProblemException with everything that is wrong with them
    public List<Migration> of(Path folder, String owner) {
        var read = Sources.read(folder, owner, variables);
        if (read.isEmpty()) {
            throw Problem.error(
                            RegistryCode.NO_MIGRATIONS,
                            "no migration files found in " + folder.getFileName())
                    .thrown();
        }
        return Order.of(Registry.of(read)).migrations();
    }

    /// The migrations of one unit of an environment, each after those that it depends on.
    ///
    /// @throws ProblemException with everything that is wrong with them or with those that they need
    public List<Migration> of(Environment environment, UnitName unit) {
        var problems = new Problems();
        var found = all(environment, problems);
        problems.throwIfErrors();
        return found.getOrDefault(unit, List.of());
    }

    /// The migrations of every migrations unit, each after those that it depends on; what could be read of them when
    /// there are problems.
    public SortedMap<UnitName, List<Migration>> all(Environment environment, Problems problems) {
        var read = new TreeMap<UnitName, List<Migration>>();
        var owners = new HashMap<String, UnitName>();
        for (var unit : environment.units().values()) {
            unit.migrations()
                    .ifPresent(migrations -> {
                        var folder =
                                new SourceFolder(
                                        environment.outline().root().resolve(migrations.source()),
                                        migrations.source());
                        var of = Sources.read(folder, unit.name().value(), variables, problems);
                        read.put(unit.name(), of);
                        of.forEach(one -> owners.put(one.id(), unit.name()));
                    });
        }
        if (problems.hasErrors()) {
            return read;
        }
        try {
            return ordered(environment, read, owners, problems);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return read;
        }
    }

    private static SortedMap<UnitName, List<Migration>> ordered(
            Environment environment,
            SortedMap<UnitName, List<Migration>> read,
            Map<String, UnitName> owners,
            Problems problems) {
        var order = Order.of(Registry.of(read.values().stream().flatMap(List::stream).toList()));
        for (var need : order.needs()) {
            var from = owners.get(need.migration().id());
            var to = owners.get(need.needed().id());
            if (from != null && to != null && !from.equals(to)) {
                crossing(environment, need, from, to, problems);
            }
        }
        var sorted = new TreeMap<UnitName, List<Migration>>();
        read.keySet()
                .forEach(unit ->
                        sorted.put(
                                unit,
                                order.migrations().stream()
                                        .filter(one -> unit.equals(owners.get(one.id())))
                                        .toList()));
        return sorted;
    }

    // Databases are migrated side by side: only an edge between their units makes one wait for
    // another.
    private static void crossing(
            Environment environment,
            Order.Need need,
            UnitName from,
            UnitName to,
            Problems problems) {
        if (!waits(environment, from, to, new HashSet<>())) {
            problems.add(
                    Problem.error(
                                    EngineCode.MIGRATION_CROSSES,
                                    need.place().orElse(need.migration().place()),
                                    "%s depends on %s of \"%s\", for which \"%s\" does not wait"
                                            .formatted(
                                                    need.migration().id(),
                                                    need.needed().id(),
                                                    to,
                                                    from))
                            .withHint("add dependsOn: [ " + to + " ] to \"" + from + "\""));
        }
    }

    private static boolean waits(
            Environment environment, UnitName from, UnitName to, Set<UnitName> seen) {
        Unit unit = environment.units().get(from);
        return unit != null
                && seen.add(from)
                && (unit.waitsFor().contains(to)
                        || unit.waitsFor().stream()
                                .anyMatch(next -> waits(environment, next, to, seen)));
    }
}
