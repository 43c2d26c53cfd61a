package dev.fairlead.migrate.wild;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.registry.Order;
import dev.fairlead.migrate.registry.Registry;
import dev.fairlead.migrate.registry.Sources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A folder of goose files.
///
/// @param env the variables that its files may use
record History(String name, Path folder, Map<String, String> env) {
    History {
        env = Map.copyOf(env);
    }

    /// @throws ProblemException when a file cannot be read
    List<Migration> migrations() {
        return Order.of(Registry.of(Sources.read(folder, "shop", env))).migrations();
    }

    /// The numbers of its files, in their order.
    List<Long> numbers() {
        return migrations().stream().map(one -> one.number().orElseThrow()).toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
