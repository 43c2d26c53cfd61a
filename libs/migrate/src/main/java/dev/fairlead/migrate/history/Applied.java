package dev.fairlead.migrate.history;

import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Version;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the rows of one migration add up to: which of its steps hold in the database now.
///
/// @param checksums of the `up` steps that are done, by index
/// @param steps how many `up` steps the migration had when they ran
/// @param undone the `down` steps that are done while the way back is not finished, by index
/// @param order the row that completed it, or its last one
/// @param since when that row was finished
/// @param contract whether one of the steps took something away that older programs may need
public record Applied(
        MigrationKey key,
        Version version,
        SortedMap<Integer, String> checksums,
        int steps,
        SortedMap<Integer, String> undone,
        long order,
        Optional<Instant> since,
        String who,
        boolean contract) {
    public Applied {
        checksums = Collections.unmodifiableSortedMap(new TreeMap<>(checksums));
        undone = Collections.unmodifiableSortedMap(new TreeMap<>(undone));
    }

    /// Whether every step is done and nothing of it was taken back.
    public boolean complete() {
        return checksums.size() == steps && undone.isEmpty();
    }

    /// `key@1.2.0`.
    public String id() {
        return key + "@" + version;
    }
}
