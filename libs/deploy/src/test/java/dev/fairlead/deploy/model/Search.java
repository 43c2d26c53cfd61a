package dev.fairlead.deploy.model;

import dev.fairlead.deploy.model.State.Beat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks at every state that a model can come to.
final class Search {
    /// @param violation the shortest way to something that must not be, empty when there is none
    record Result(int states, Optional<List<String>> violation) {}

    private final Model model;
    private final Map<State, Way> ways = new HashMap<>();
    private final Map<State, List<State>> before = new HashMap<>();

    private record Way(Optional<State> from, String label) {}

    private Search(Model model) {
        this.model = model;
    }

    static Result through(Model model) {
        return new Search(model).run();
    }

    private Result run() {
        var open = new ArrayDeque<State>();
        var ends = new ArrayList<State>();
        var start = model.start();
        ways.put(start, new Way(Optional.empty(), ""));
        open.add(start);
        while (!open.isEmpty()) {
            var state = open.remove();
            if (!state.broken().isEmpty()) {
                return new Result(ways.size(), Optional.of(way(state, state.broken())));
            }
            var moves = model.moves(state);
            if (Model.over(state)) {
                ends.add(state);
                var refused = refused(state);
                if (refused.isPresent()) {
                    return new Result(ways.size(), Optional.of(way(state, refused.get())));
                }
            }
            for (var move : moves) {
                before.computeIfAbsent(move.to(), _ -> new ArrayList<>()).add(state);
                if (ways.putIfAbsent(move.to(), new Way(Optional.of(state), move.label()))
                        == null) {
                    open.add(move.to());
                }
            }
        }
        return new Result(ways.size(), endless(ends));
    }

    // From every state some way leads to an end: nobody waits for ever.
    private Optional<List<String>> endless(List<State> ends) {
        Set<State> leading = new HashSet<>(ends);
        var open = new ArrayDeque<>(ends);
        while (!open.isEmpty()) {
            for (var earlier : before.getOrDefault(open.remove(), List.of())) {
                if (leading.add(earlier)) {
                    open.add(earlier);
                }
            }
        }
        return ways.keySet().stream()
                .filter(state -> !leading.contains(state))
                .findFirst()
                .map(state -> way(state, "never comes to an end"));
    }

    // The next command, alone, makes everything ready, whatever the others left behind.
    private Optional<String> refused(State end) {
        boolean missed = model.liveness() == Model.Liveness.OBSERVED && end.paper().lease() != 0;
        var runners = new ArrayList<>(end.runners());
        runners.add(State.Runner.fresh(99, 0));
        var state =
                new State(
                        missed ? end.paper().beaten(Beat.RIGHTLY_MISSED) : end.paper(),
                        end.world(),
                        "",
                        List.copyOf(runners));
        for (int i = 0; i < 50; i++) {
            var own = state.runners().getLast();
            if (own.phase() == State.Phase.READY) {
                return Optional.empty();
            }
            var next =
                    model.moves(state).stream()
                            .filter(move -> !move.label().startsWith("died"))
                            .filter(move -> !move.to().runners().getLast().equals(own))
                            .filter(move -> !move.to().runners().getLast().stalled())
                            .findFirst();
            if (next.isEmpty()) {
                return Optional.of("the next command is stuck");
            }
            state = next.get().to();
            if (state.runners().getLast().phase() == State.Phase.BUSY) {
                return Optional.of("the next command is refused by nobody at work");
            }
        }
        return Optional.of("the next command does not end");
    }

    private List<String> way(State to, String what) {
        var labels = new ArrayList<String>();
        labels.add(what);
        var at = Optional.of(to);
        while (at.isPresent()) {
            var way = ways.get(at.get());
            if (way != null && !way.label().isEmpty()) {
                labels.add(way.label());
            }
            at = way == null ? Optional.empty() : way.from();
        }
        Collections.reverse(labels);
        return labels;
    }
}
