package dev.fairlead.deploy.kind;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Map;

/// What a unit of a kind of its own would do. To everybody but its kind it is a tree and some lines.
///
/// @param kind the word for its kind
/// @param reason one clause for people, why there is something to do or why it is not known: `2 migrations are pending`
/// @param tree the same for the same state, to the byte; no secret, no time, no name of this machine. It is part of the
///     plan's hash
/// @param shown the tree with what holds at this moment alone, which is no part of the plan's hash: sizes, findings
/// @param lines for people, in their order; no part of the plan's hash
/// @param refused what must not be applied like this; whoever applies the plan stops there, before anything is done
/// @param contracts what takes away something that a process of before may still use, each a problem where such a process
///     runs
public record KindPlan(
        UnitName unit,
        String kind,
        State state,
        String reason,
        Map<String, Object> tree,
        Map<String, Object> shown,
        List<String> lines,
        List<Problem> refused,
        List<Problem> contracts) {
    /// A plan that nothing stands against.
    public KindPlan(
            UnitName unit,
            String kind,
            State state,
            String reason,
            Map<String, Object> tree,
            List<String> lines) {
        this(unit, kind, state, reason, tree, tree, lines, List.of(), List.of());
    }

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
        refused = List.copyOf(refused);
        contracts = List.copyOf(contracts);
    }
}
