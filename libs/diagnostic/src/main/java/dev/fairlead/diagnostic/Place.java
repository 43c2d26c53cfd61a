package dev.fairlead.diagnostic;

/// A position in a {@link Source}: line and column from 1, the column in code points.
public record Place(Source source, int line, int column) implements Comparable<Place> {
    public Place {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException(
                    "lines and columns start at 1: " + line + ":" + column);
        }
    }

    /// The name of the source, as people see it.
    public String file() {
        return source.name();
    }

    @Override
    public int compareTo(Place other) {
        int byFile = file().compareTo(other.file());
        if (byFile != 0) {
            return byFile;
        }
        return line != other.line
                ? Integer.compare(line, other.line)
                : Integer.compare(column, other.column);
    }

    /// `file:line:column`.
    @Override
    public String toString() {
        return file() + ":" + line + ":" + column;
    }
}
