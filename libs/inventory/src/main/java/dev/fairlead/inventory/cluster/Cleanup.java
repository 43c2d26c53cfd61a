package dev.fairlead.inventory.cluster;

import java.time.Duration;
import java.util.Optional;

/// `cleanupPolicy`: what becomes of a slot that nobody uses.
///
/// @param idleTtl how long it may be idle before it is removed
/// @param sleepAfter how long it may be idle before it is put to sleep; absent: never
/// @param keepLabel a label of its namespace that keeps it
public record Cleanup(Duration idleTtl, Optional<Duration> sleepAfter, Optional<String> keepLabel) {
    /// What holds where nothing is said.
    public static final Cleanup DEFAULTS =
            new Cleanup(Duration.ofHours(8), Optional.empty(), Optional.empty());
}
