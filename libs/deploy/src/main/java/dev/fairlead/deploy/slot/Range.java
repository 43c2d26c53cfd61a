package dev.fairlead.deploy.slot;

import java.time.Duration;

/// What the stack says of an environment's slots.
///
/// @param most the highest number; 0 when there are none
/// @param idleTtl how long one may be idle before it is collected
/// @param guarded the environment is protected: its slots are never collected
public record Range(
        String project, String environment, int most, Duration idleTtl, boolean guarded) {}
