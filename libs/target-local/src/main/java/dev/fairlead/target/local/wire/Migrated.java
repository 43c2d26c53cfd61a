package dev.fairlead.target.local.wire;

import dev.fairlead.document.Digest;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.postgres.Binaries;
import java.util.Map;
import java.util.Optional;

/// A migrations unit as its content names it: which database it migrates, and the key of what it makes of an empty one.
public record Migrated(UnitName unit, String database, String key) {
    /// Empty for another kind of unit, and for migrations that do more than statements say: a program, or a person.
    public static Optional<Migrated> of(Map<String, Object> content) {
        boolean repeatable =
                "migrations".equals(content.get("kind"))
                        && !Boolean.FALSE.equals(content.get("repeatable"));
        return repeatable
                        && content.get("unit") instanceof String unit
                        && content.get("database") instanceof String database
                        && content.get("migrations") instanceof Map<?, ?> migrations
                ? Optional.of(
                        new Migrated(
                                new UnitName(unit),
                                database,
                                Digest.ofText(
                                                Binaries.VERSION
                                                        + Json.compact(
                                                                Map.of("migrations", migrations)))
                                        .substring(0, 16)))
                : Optional.empty();
    }
}
