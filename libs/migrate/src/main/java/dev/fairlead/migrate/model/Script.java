package dev.fairlead.migrate.model;

import dev.fairlead.migrate.sql.SqlText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a `data` step runs.
public sealed interface Script {
    /// Statements in the spec itself.
    ///
    /// @param transactional whether all run in one transaction with the row of the history
    record Inline(SqlText sql, boolean transactional) implements Script {}

    /// Statements in a file beside the spec, read when the spec was loaded.
    ///
    /// @param path relative to the spec's folder, as written
    record File(Path path, SqlText sql, boolean transactional) implements Script {}

    /// A file elsewhere; refused when what comes has another digest.
    ///
    /// @param sha256 64 hexadecimal digits
    record Url(String url, String sha256, boolean transactional) implements Script {}

    /// A program; it is given the database in `DATABASE_URL` and the `PG*` variables.
    ///
    /// @param command the program and its arguments; the folder is the spec's
    /// @param digest of the files that the command names in the spec's folder, so that a changed program is noticed
    record Exec(List<String> command, Path folder, String digest) implements Script {
        public Exec {
            command = List.copyOf(command);
        }
    }

    /// Work for a person, who says when it is done.
    record Instructions(String text) implements Script {}

    /// Changes many rows in batches by a key, each batch in a transaction with its checkpoint.
    ///
    /// @param table as written, `schema.table` or `table`
    /// @param key the columns of a unique, non-null key, in its order
    /// @param statement an UPDATE, INSERT or DELETE in which `:batch` stands for the condition that chooses the batch's
    ///     rows of the table
    /// @param where which rows are meant at all; empty: all
    /// @param batch rows a transaction
    /// @param pause between two batches
    record Backfill(
            String table,
            List<String> key,
            SqlText statement,
            Optional<String> where,
            int batch,
            Duration pause)
            implements Script {
        public Backfill {
            key = List.copyOf(key);
            if (batch < 1 || key.isEmpty()) {
                throw new IllegalArgumentException("a batch has rows, a key has columns");
            }
        }
    }
}
