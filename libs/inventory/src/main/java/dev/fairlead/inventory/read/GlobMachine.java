package dev.fairlead.inventory.read;

import dev.fairlead.inventory.read.GlobReader.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Follows all ways through a glob at once, so that no pattern makes it try again.
final class GlobMachine {
    private static final int NONE = -1;

    /// @param test what the next character must be; absent when the ways go on without one
    private record State(Optional<IntPredicate> test, int next, int other) {}

    private final List<State> states = new ArrayList<>();
    private final int end;
    private final BitSet start;

    private GlobMachine(List<Part> parts) {
        this.end = fork(NONE, NONE);
        this.start = closed(compiled(parts, end));
    }

    static GlobMachine of(List<Part> parts) {
        return new GlobMachine(parts);
    }

    boolean matches(String path) {
        var now = start;
        for (int i = 0; i < path.length() && !now.isEmpty(); ) {
            int c = path.codePointAt(i);
            i += Character.charCount(c);
            var next = new BitSet(states.size());
            for (int at = now.nextSetBit(0); at >= 0; at = now.nextSetBit(at + 1)) {
                var state = states.get(at);
                if (state.test().isPresent() && state.test().get().test(c)) {
                    reach(state.next(), next);
                }
            }
            now = next;
        }
        return now.get(end);
    }

    private BitSet closed(int first) {
        var reached = new BitSet(states.size());
        reach(first, reached);
        return reached;
    }

    private void reach(int first, BitSet reached) {
        var open = new ArrayDeque<Integer>();
        open.add(first);
        while (!open.isEmpty()) {
            int at = open.removeLast();
            if (at != NONE && !reached.get(at)) {
                reached.set(at);
                if (states.get(at).test().isEmpty()) {
                    open.add(states.get(at).next());
                    open.add(states.get(at).other());
                }
            }
        }
    }

    private int compiled(List<Part> parts, int next) {
        int at = next;
        for (var part : parts.reversed()) {
            at = compiled(part, at);
        }
        return at;
    }

    private int compiled(Part part, int next) {
        return switch (part) {
            case Part.One(var test) -> one(test, next);
            case Part.Star() -> loop(c -> c != '/', next);
            case Part.Deep() -> loop(_ -> true, next);
            case Part.Folders() -> fork(loop(_ -> true, one(c -> c == '/', next)), next);
            case Part.Choice(var alternatives) -> {
                int at = NONE;
                for (var alternative : alternatives.reversed()) {
                    at = fork(compiled(alternative, next), at);
                }
                yield at;
            }
        };
    }

    /// Any number of such characters.
    private int loop(IntPredicate test, int next) {
        int again = fork(NONE, next);
        states.set(again, new State(Optional.empty(), one(test, again), next));
        return again;
    }

    private int one(IntPredicate test, int next) {
        return add(new State(Optional.of(test), next, NONE));
    }

    private int fork(int one, int other) {
        return add(new State(Optional.empty(), one, other));
    }

    private int add(State state) {
        states.add(state);
        return states.size() - 1;
    }
}
