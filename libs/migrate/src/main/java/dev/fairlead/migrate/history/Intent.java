package dev.fairlead.migrate.history;

import dev.fairlead.migrate.history.Entry.Direction;
import java.time.Instant;
import java.util.Optional;

/// A part of a step that cannot run in the transaction of the history's row: written before it runs, completed after.
///
/// @param migration `key@1.2.0`
/// @param part the index of the part in the step, from 0
/// @param checksum of the part's statements
/// @param finished empty while it runs, and when its process died in it
public record Intent(
        String migration,
        Direction direction,
        int step,
        int part,
        String checksum,
        String who,
        long token,
        Instant started,
        Optional<Instant> finished,
        long rows) {}
