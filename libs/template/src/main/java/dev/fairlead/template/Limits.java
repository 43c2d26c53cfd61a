package dev.fairlead.template;

import java.time.Duration;

/// What one rendering may use before it is ended with a problem.
///
/// @param callDepth how deep `template` and `include` may nest
/// @param output characters of output, also of any text on the way to it
/// @param steps evaluated nodes, iterations and function calls; long texts and lists count for more
/// @param deadline time from the start of the rendering
public record Limits(int callDepth, int output, long steps, Duration deadline) {
    public static final Limits DEFAULTS =
            new Limits(1_000, 16 * 1024 * 1024, 5_000_000, Duration.ofSeconds(10));

    public Limits {
        if (callDepth < 1 || output < 1 || steps < 1 || deadline.isNegative()) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }
}
