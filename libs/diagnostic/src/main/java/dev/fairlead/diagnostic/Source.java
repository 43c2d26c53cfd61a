package dev.fairlead.diagnostic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A text that problems can point into: a file of the stack, a template, a flag's value.
///
/// `name` is what people see and is never absolute for files of the stack. Lines and columns start at 1; columns count
/// code points.
public final class Source {
    private final String name;
    private final String text;
    private final int[] lineStarts;
    private final @Nullable Positions positions;

    /// Where a line and column of a text (both from 1) stand in the file that the text was taken from.
    public interface Positions {
        Place at(int line, int column);
    }

    public Source(String name, String text) {
        this(name, text, null);
    }

    private Source(String name, String text, @Nullable Positions positions) {
        this.name = name;
        this.text = text;
        this.lineStarts = lineStarts(text);
        this.positions = positions;
    }

    /// A text that stands inside of a file, such as a value of a YAML document: its places are the file's.
    public static Source inside(String file, String text, Positions positions) {
        return new Source(file, text, positions);
    }

    public String name() {
        return name;
    }

    public String text() {
        return text;
    }

    /// The number of lines; a text without a line break has one.
    public int lines() {
        return lineStarts.length;
    }

    /// The line `number` (from 1) without its line break; empty when there is no such line.
    public String line(int number) {
        if (number < 1 || number > lineStarts.length) {
            return "";
        }
        int start = lineStarts[number - 1];
        int end = number < lineStarts.length ? lineStarts[number] - 1 : text.length();
        if (end > start && text.charAt(end - 1) == '\r') {
            end--;
        }
        return text.substring(start, end);
    }

    /// The place of the character at `offset` (in `char`s from the start of the text, clamped to it).
    public Place at(int offset) {
        int within = Math.clamp(offset, 0, text.length());
        int found = Arrays.binarySearch(lineStarts, within);
        int line = found >= 0 ? found : -found - 2;
        return at(line + 1, text.codePointCount(lineStarts[line], within) + 1);
    }

    /// The place of a line and column, both from 1.
    public Place at(int line, int column) {
        return positions == null ? new Place(this, line, column) : positions.at(line, column);
    }

    /// Two readings of one text are one source, so that one problem found twice is reported once.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Source source
                && name.equals(source.name)
                && text.equals(source.text);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + text.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }

    // Each expression of a stack is a source, so this is called thousands of times by a process
    // that has just begun.
    private static int[] lineStarts(String text) {
        var starts = new int[4];
        int many = 1;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
            if (many == starts.length) {
                starts = Arrays.copyOf(starts, many * 2);
            }
            starts[many] = end + 1;
            many++;
        }
        return Arrays.copyOf(starts, many);
    }
}
