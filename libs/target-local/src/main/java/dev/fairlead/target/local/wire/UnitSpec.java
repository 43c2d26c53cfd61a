package dev.fairlead.target.local.wire;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// One unit as the supervisor runs it, with its secrets.
///
/// @param hash of `content`, as the plan names it
/// @param content masked, for the snapshot
/// @param databases for the builtin `postgres` only
public record UnitSpec(
        UnitName name,
        String hash,
        Map<String, Object> content,
        Run run,
        Optional<Databases> databases) {
    /// What a unit wants of the embedded PostgreSQL.
    ///
    /// @param port of the postmaster
    /// @param names the physical databases by their logical names; each has a role of its own name
    /// @param templates the keys of what new databases begin with, by their logical names
    public record Databases(
            int port,
            Marked password,
            SortedMap<String, String> names,
            SortedMap<String, String> templates) {
        /// Whether units reach the same databases in the same way.
        public boolean isReachedAs(Databases other) {
            return port == other.port
                    && password.equals(other.password)
                    && names.equals(other.names);
        }
    }
}
