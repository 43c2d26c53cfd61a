package dev.fairlead.engine;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Map;
import java.util.Optional;

/// How the database of a recorded migrations unit is reached now.
final class RecordedUrl {
    private RecordedUrl() {}

    /// Empty when the target does not provide it by itself.
    static Optional<Marked> of(Map<String, Object> content, Resolution resolution) {
        var in = new UnitName(String.valueOf(content.get("unit")));
        return Optional.ofNullable(resolution.addresses().get(in))
                .map(Resolution.Address::exports)
                .flatMap(exports ->
                        Optional.ofNullable(
                                exports.getOrDefault(
                                        "url_" + content.get("database"), exports.get("url"))));
    }
}
