package dev.fairlead.deploy.kind;

import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Map;

/// What a unit of a kind of its own would do. To everybody but its kind it is a tree and some lines.
///
/// @param kind the word for its kind
/// @param reason one clause for people, why there is something to do or why it is not known: `2 migrations are pending`
/// @param tree the same for the same state, to the byte; no secret, no time, no name of this machine. It is part of the
///     plan's hash
/// @param lines for people, in their order
public record KindPlan(
        UnitName unit,
        String kind,
        State state,
        String reason,
        Map<String, Object> tree,
        List<String> lines) {
    /// Whether there is something to do.
    public enum State {
        PENDING,
        /// All is there.
        DONE,
        /// What there is cannot be read now.
        UNKNOWN;

        /// The word in output: `pending`, `done`, `unknown`.
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public KindPlan {
        lines = List.copyOf(lines);
    }
}
