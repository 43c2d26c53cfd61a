package dev.fairlead.template.execute;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.format.GoPrinter;
import dev.fairlead.template.format.TextWriter;
import dev.fairlead.template.parse.Node;
import dev.fairlead.template.parse.Tree;
import org.jspecify.annotations.Nullable;

/// The text that a template writes, and the origin of its lines. The origin of a line is that of the first write on it.
final class Output {
    private final TextWriter writer;
    private final int most;
    private final Lines lines = new Lines();
    private int lineStart;

    Output(int most, Tree tree, @Nullable Frame frame) {
        this.most = most;
        this.writer = new TextWriter(most);
        lines.add(tree, tree.root().position(), frame);
    }

    TextWriter writer() {
        return writer;
    }

    Lines lines() {
        return lines;
    }

    /// Writes a piece of the source.
    void text(Node.Text node, Tree tree, @Nullable Frame frame) {
        var text = node.text();
        if (writer.length() == lineStart) {
            lines.replaceLast(tree, node.position(), frame);
        }
        int start = writer.length();
        writer.append(text);
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            lines.add(tree, node.position() + at + 1, frame);
            lineStart = start + at + 1;
        }
    }

    /// Writes the value of an action.
    ///
    /// @param known where the value's own lines came from, when it is the text of an include
    void value(Object value, Node node, State state, @Nullable Lines known) {
        switch (value) {
            case String text -> {
                begin(node, state, known);
                int start = writer.length();
                writer.append(text);
                if (text.indexOf('\n') >= 0) {
                    linesOf(text, start, node, state, known);
                }
            }
            case Marked text -> {
                begin(node, state, known);
                int start = writer.length();
                writer.append(text);
                linesOf(text.reveal(), start, node, state, known);
            }
            case Long number -> {
                begin(node, state, null);
                writer.append(number.longValue());
            }
            default -> {
                var printed = new TextWriter(most);
                new GoPrinter(printed).value(value);
                value(printed.value(), node, state, null);
            }
        }
    }

    private void begin(Node node, State state, @Nullable Lines known) {
        if (writer.length() == lineStart) {
            if (known == null) {
                lines.replaceLast(state.tree, node.position(), state.frame);
            } else {
                lines.replaceLastFrom(known, 0);
            }
        }
    }

    private void linesOf(String text, int start, Node node, State state, @Nullable Lines known) {
        int line = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (known == null) {
                lines.add(state.tree, node.position(), state.frame);
            } else {
                lines.addFrom(known, line++);
            }
            lineStart = start + at + 1;
        }
    }
}
