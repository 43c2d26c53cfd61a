package dev.fairlead.migrate.model;

import dev.fairlead.diagnostic.Place;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A migration, read from a goose file or a MigrationSpec or built by code.
///
/// @param place where it was read
/// @param up never empty, but for a goose file that has no statements
/// @param down empty when there is no way back; a goose file's missing Down is empty too
/// @param fallback what a person does instead of `down`
/// @param number of a goose file; such files never run out of their numbers' order
/// @param approval whether it waits for an approval of its own
/// @param background whether nobody waits for its end
public record Migration(
        MigrationKey key,
        Version version,
        Meta meta,
        Place place,
        List<Step> up,
        List<Step> down,
        Optional<String> fallback,
        List<Dependency> dependencies,
        OptionalLong number,
        boolean approval,
        boolean background) {
    public Migration {
        up = List.copyOf(up);
        down = List.copyOf(down);
        dependencies = List.copyOf(dependencies);
    }

    /// `key@1.2.0`.
    public String id() {
        return key + "@" + version;
    }
}
