package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Severity;

/// One rule, as its page says it. What it looks for is in the class of its family.
///
/// @param name as in the field, where somebody had a name for it
/// @param severity at most; a small or empty table lowers it
/// @param meaning what goes wrong
/// @param locks what is locked, and how long
/// @param instead how to write it
/// @param bad migrations that it finds: SQL, a goose file or a MigrationSpec; several are parted by {@link #NEXT}
/// @param good how they look without the finding
public record Rule(
        String name,
        Severity severity,
        String meaning,
        String locks,
        String instead,
        String bad,
        String good) {
    /// The line between the migrations of an example.
    public static final String NEXT = "-- the next migration";

    static final String NO_LOCK = "nothing";
}
