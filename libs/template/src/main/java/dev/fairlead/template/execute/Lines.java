package dev.fairlead.template.execute;

import dev.fairlead.template.LineMap;
import dev.fairlead.template.parse.Tree;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where the lines of a text came from, while it grows. Recording is three stores; places are worked out when asked.
final class Lines {
    private Tree[] trees = new Tree[4];
    private @Nullable Frame[] frames = new @Nullable Frame[4];
    private int[] positions = new int[4];
    private int count;

    int count() {
        return count;
    }

    void add(Tree tree, int position, @Nullable Frame frame) {
        if (count == positions.length) {
            trees = Arrays.copyOf(trees, count * 2);
            frames = Arrays.copyOf(frames, count * 2);
            positions = Arrays.copyOf(positions, count * 2);
        }
        trees[count] = tree;
        frames[count] = frame;
        positions[count++] = position;
    }

    /// The last line starts with something else than was thought when it was begun.
    void replaceLast(Tree tree, int position, @Nullable Frame frame) {
        trees[count - 1] = tree;
        frames[count - 1] = frame;
        positions[count - 1] = position;
    }

    void addFrom(Lines other, int line) {
        int from = Math.min(line, other.count - 1);
        add(other.trees[from], other.positions[from], other.frames[from]);
    }

    void replaceLastFrom(Lines other, int line) {
        count--;
        addFrom(other, line);
    }

    LineMap map() {
        return new LineMap(count, this::origin);
    }

    private LineMap.Origin origin(int line) {
        return new LineMap.Origin(
                trees[line].source().at(positions[line]), Frame.chain(frames[line]));
    }
}
