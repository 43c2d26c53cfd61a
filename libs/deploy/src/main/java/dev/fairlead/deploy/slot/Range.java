package dev.fairlead.deploy.slot;

import java.time.Duration;
import java.util.Optional;

/// What the stack says of an environment's slots.
///
/// @param most the highest number; 0 when there are none
/// @param idleTtl how long one may be idle before it is collected
/// @param sleepAfter how long one may be idle before it is put to sleep; absent: never
/// @param guarded the environment is protected: its slots are never collected
public record Range(
        String project,
        String environment,
        int most,
        Duration idleTtl,
        Optional<Duration> sleepAfter,
        boolean guarded) {
    public Range(String project, String environment, int most, Duration idleTtl, boolean guarded) {
        this(project, environment, most, idleTtl, Optional.empty(), guarded);
    }

    /// The same slots, and another time that is too long.
    public Range idle(Duration ttl) {
        return new Range(project, environment, most, ttl, sleepAfter, guarded);
    }
}
