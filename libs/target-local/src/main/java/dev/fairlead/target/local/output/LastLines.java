package dev.fairlead.target.local.output;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/// The last lines that something printed, at most 20. Of the frames of a stack only the first count, so that a deep one does
/// not push out the line that says what happened.
final class LastLines {
    private static final int MOST = 20;
    private static final int MOST_FRAMES = 5;

    /// A frame of Java, Node, .NET, Rust or Ruby; of Go a file, a call and the heading.
    private static final Pattern FRAME =
            Pattern.compile(
                    "\\s+(at |from |\\d+: |/\\S+:\\d+).*|goroutine \\d+ \\[.*"
                            + "|(created by )?[\\w.-]+(/[\\w.-]+)*\\.\\S*\\w\\(.*\\)");

    private final Deque<String> lines = new ArrayDeque<>();
    private int frames;

    void add(String line) {
        if (FRAME.matcher(line).matches()) {
            frames++;
            if (frames <= MOST_FRAMES) {
                keep(line);
            }
            return;
        }
        endFrames();
        keep(line);
    }

    List<String> list() {
        endFrames();
        return List.copyOf(lines);
    }

    void clear() {
        frames = 0;
        lines.clear();
    }

    private void endFrames() {
        if (frames > MOST_FRAMES) {
            keep("\t... " + (frames - MOST_FRAMES) + " more");
        }
        frames = 0;
    }

    private void keep(String line) {
        lines.addLast(line);
        if (lines.size() > MOST) {
            lines.removeFirst();
        }
    }
}
