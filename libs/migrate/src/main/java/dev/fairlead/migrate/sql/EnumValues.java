package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Token.Kind;
import java.util.Optional;
import java.util.Set;

/// Values that `ALTER TYPE … ADD VALUE` adds, and who uses them.
final class EnumValues {
    /// They name values, and use none.
    private static final Set<String> HARMLESS = Set.of("ALTER TYPE ADD VALUE", "COMMENT");

    private EnumValues() {}

    /// The first of the values that the statement writes as a string, or inside of the body of a routine or of a DO.
    static Optional<String> used(Facts facts, Set<String> values) {
        if (values.isEmpty() || HARMLESS.contains(facts.command())) {
            return Optional.empty();
        }
        for (var token : facts.statement().tokens()) {
            for (var value : values) {
                if (token.kind() == Kind.STRING
                        && (token.value().equals(value)
                                || token.value().contains("'" + value.replace("'", "''") + "'"))) {
                    return Optional.of(value);
                }
            }
        }
        return Optional.empty();
    }
}
