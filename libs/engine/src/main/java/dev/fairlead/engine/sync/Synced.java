package dev.fairlead.engine.sync;

import java.time.Duration;

/// What one round did.
///
/// @param files of the checkout
/// @param written how many of them were written
/// @param deleted how many left
/// @param bytes that were written
public record Synced(int files, int written, int deleted, long bytes, Duration took) {
    /// Whether anything changed.
    public boolean isEmpty() {
        return written == 0 && deleted == 0;
    }

    /// `3 of 120 files (14 kB), 1 deleted, in 85 ms`.
    @Override
    public String toString() {
        return "%d of %d files (%s)%s, in %d ms"
                .formatted(
                        written,
                        files,
                        bytes < 10_000 ? bytes + " B" : bytes / 1000 + " kB",
                        deleted == 0 ? "" : ", " + deleted + " deleted",
                        took.toMillis());
    }
}
