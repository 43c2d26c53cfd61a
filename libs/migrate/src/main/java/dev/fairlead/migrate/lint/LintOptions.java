package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Severity;
import dev.fairlead.migrate.model.Migration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How strict the rules are.
///
/// @param off names of rules that are not asked
/// @param severities instead of the rules' own, by name
/// @param applied migrations that ran before: their tables hold data, and the types of their columns are known
/// @param smallRows a table with at most so many rows is small, when it has
/// @param smallBytes at most so many bytes too
public record LintOptions(
        Set<String> off,
        Map<String, Severity> severities,
        List<Migration> applied,
        long smallRows,
        long smallBytes) {
    /// Everything on; a table is small up to 10,000 rows in 16 MiB, which any machine scans in a blink.
    public static final LintOptions DEFAULTS =
            new LintOptions(Set.of(), Map.of(), List.of(), 10_000, 16L << 20);

    public LintOptions {
        off = Set.copyOf(off);
        severities = Map.copyOf(severities);
        applied = List.copyOf(applied);
    }

    /// The same with migrations that ran before.
    public LintOptions after(List<Migration> ran) {
        return new LintOptions(off, severities, ran, smallRows, smallBytes);
    }
}
