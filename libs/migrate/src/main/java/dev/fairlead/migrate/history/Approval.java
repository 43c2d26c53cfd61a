package dev.fairlead.migrate.history;

import java.time.Instant;

/// What a person said.
///
/// @param subject the hash of the plan that may run, or `key@1.2.0#step:checksum` of instructions that are done
/// @param database the identity of the database that it was said for
public record Approval(
        Kind kind, String subject, String database, String who, Instant given, String comment) {
    public enum Kind {
        /// The plan may run.
        PLAN,
        /// The work of an instructions step is done.
        DONE
    }
}
