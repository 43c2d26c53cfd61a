package dev.fairlead.deploy.model;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Holds what was seen of real commands against what the model can do.
final class Trace {
    private Trace() {}

    /// The first thing that the model does not know, with what led to it; empty when it knows all.
    static Optional<String> refused(Model model, List<String> labels) {
        Set<State> at = silently(model, Set.of(model.start()));
        for (int i = 0; i < labels.size(); i++) {
            var label = labels.get(i);
            Set<State> next = new HashSet<>();
            for (var state : at) {
                for (var move : model.moves(state)) {
                    if (move.label().equals(label)) {
                        next.add(move.to());
                    }
                }
            }
            if (next.isEmpty()) {
                return Optional.of(label + " after " + labels.subList(0, i));
            }
            at = silently(model, next);
        }
        return Optional.empty();
    }

    // Every state that is reached without anybody seeing it.
    private static Set<State> silently(Model model, Set<State> from) {
        Set<State> reached = new HashSet<>(from);
        var open = new ArrayDeque<>(from);
        while (!open.isEmpty()) {
            for (var move : model.moves(open.remove())) {
                boolean silent = move.label().isEmpty() || move.label().startsWith("lost");
                if (silent && reached.add(move.to())) {
                    open.add(move.to());
                }
            }
        }
        return reached;
    }
}
