package dev.fairlead.migrate.history;

import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Version;
import java.time.Instant;
import java.util.Optional;

/// One attempt of one step, as the history has it.
///
/// @param id the order of the rows; every row is chained to the one before
/// @param step its index in the migration's `up` or `down`, from 0
/// @param checksum of the step's lexed statements and of what else it does
/// @param finished empty while it runs, or when its process died
public record Entry(
        long id,
        MigrationKey key,
        Version version,
        Direction direction,
        int step,
        String checksum,
        String planHash,
        String who,
        long token,
        Instant started,
        Optional<Instant> finished,
        Outcome outcome,
        long rows) {
    public enum Direction {
        UP,
        DOWN
    }

    /// How an attempt ended.
    public enum Outcome {
        RUNNING,
        DONE,
        FAILED,
        /// Recorded without running: baseline, take-over of a goose database, `repair`, `approve --done`.
        ACCEPTED
    }
}
