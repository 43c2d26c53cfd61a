package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.InventoryCode;
import java.util.LinkedHashSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is being computed right now, so that values that need each other are found out.
final class Computation {
    private final LinkedHashSet<String> open = new LinkedHashSet<>();

    /// Computes a value once more unless that is already under way.
    ///
    /// @param name what messages call the value: `vars.url`
    @Nullable Object of(String name, Place place, Supplier<@Nullable Object> source) {
        if (!open.add(name)) {
            var chain = open.stream().dropWhile(one -> !one.equals(name)).toList();
            throw Problem.error(
                            InventoryCode.CYCLE_IN_VALUES,
                            place,
                            "values are computed from each other in a circle: %s -> %s"
                                    .formatted(String.join(" -> ", chain), name))
                    .thrown();
        }
        try {
            return source.get();
        } finally {
            open.remove(name);
        }
    }
}
