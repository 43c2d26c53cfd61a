package dev.fairlead.migrate.history;

import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Version;
import java.time.Instant;
import java.util.Optional;

/// One attempt of one step, as the history has it. Rows are only ever added, and each is chained to the one before.
///
/// @param id the order of the rows, from 1 without gaps
/// @param step its index in the migration's `up` or `down`, from 0
/// @param steps how many steps that list had when this was written
/// @param checksum of the step's lexed statements and of what else it does
/// @param finished empty while it runs, or when its process died
/// @param contract whether it took something away that older programs may need
/// @param detail a JSON object: checks and their results, owners, approval, error, reason
public record Entry(
        long id,
        MigrationKey key,
        Version version,
        Direction direction,
        int step,
        int steps,
        String checksum,
        String planHash,
        String who,
        long token,
        Instant started,
        Optional<Instant> finished,
        Outcome outcome,
        long rows,
        boolean contract,
        String detail) {
    public enum Direction {
        UP,
        DOWN;

        /// `up`, `down`.
        public String word() {
            return this == UP ? "up" : "down";
        }
    }

    /// How an attempt ended.
    public enum Outcome {
        RUNNING,
        DONE,
        FAILED,
        /// Recorded without running: baseline, take-over of a goose database, `repair`, `approve --done`.
        ACCEPTED
    }

    /// `key@1.2.0`, as {@link dev.fairlead.migrate.model.Migration#id} has it.
    public String migration() {
        return key + "@" + version;
    }
}
