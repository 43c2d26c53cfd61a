package dev.fairlead.migrate.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How far a backfill is.
///
/// @param migration `key@1.2.0`
/// @param last the key of the last row that is done, as text; empty before the first batch
/// @param rows changed so far
/// @param estimate of the rows that there are to look at, by the planner's statistics when it began
/// @param seen rows of the table that lie behind it
public record Checkpoint(
        String migration,
        int step,
        String checksum,
        Optional<List<String>> last,
        long rows,
        long seen,
        long estimate,
        boolean paused,
        boolean finished,
        Instant started,
        Instant moved) {}
