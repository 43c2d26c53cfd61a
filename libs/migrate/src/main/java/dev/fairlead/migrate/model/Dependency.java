package dev.fairlead.migrate.model;

import dev.fairlead.diagnostic.Place;
import java.util.Optional;

/// Another migration that must have run before, of the same owner or another's.
///
/// @param least the lowest version that will do; empty: any
public record Dependency(Place place, MigrationKey key, Optional<Version> least) {
    /// `key` or `key@>=2.0.0`.
    @Override
    public String toString() {
        return key + least.map(version -> "@>=" + version).orElse("");
    }
}
