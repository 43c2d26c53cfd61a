package dev.fairlead.migrate.lock;

import java.time.Instant;

/// Who migrates a database.
///
/// @param who as the migrator named itself: user, machine, process
/// @param since when it became the only one
/// @param heartbeat when it was last heard of, by the database's clock
/// @param token the number of its turn, which every row it writes carries
public record Holder(String who, Instant since, Instant heartbeat, long token) {
    /// `alice@laptop (pid 42) since 2026-11-21T10:00:00Z`.
    @Override
    public String toString() {
        return who + " since " + since;
    }
}
