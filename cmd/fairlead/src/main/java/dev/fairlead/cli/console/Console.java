package dev.fairlead.cli.console;

import java.io.BufferedReader;
import java.io.PrintStream;
import java.util.Optional;

/// Where a command reads and writes: results go to `out`, progress, questions and problems to `err`.
///
/// @param in what a person answers with; read by lines
/// @param terminal how large the terminal at `err` is; empty when there is none at both ends (`in` and `err`)
/// @param resultsOnTerminal whether `out` is a terminal
/// @param colours whether `NO_COLOR`, `--no-color` and the kind of terminal allow colours where there is a terminal
public record Console(
        PrintStream out,
        PrintStream err,
        BufferedReader in,
        Optional<Screen> terminal,
        boolean resultsOnTerminal,
        boolean colours) {
    /// The size of a terminal at the moment of asking: it changes while a command runs.
    @FunctionalInterface
    public interface Screen {
        Size size();
    }

    /// @param columns at least 20
    /// @param rows at least 5
    public record Size(int columns, int rows) {
        public Size {
            columns = Math.max(20, columns);
            rows = Math.max(5, rows);
        }
    }

    /// How results are painted.
    public Paint paintOut() {
        return new Paint(colours && resultsOnTerminal);
    }

    /// How progress and problems are painted.
    public Paint paintErr() {
        return new Paint(colours && terminal.isPresent());
    }

    public Console withoutColours() {
        return new Console(out, err, in, terminal, resultsOnTerminal, false);
    }

    /// The width that progress and problems may take: a terminal's, else without end.
    public int columns() {
        return terminal.map(screen -> screen.size().columns()).orElse(Integer.MAX_VALUE);
    }

    /// The width that results may take: a terminal's, else enough to shorten nothing.
    public int resultColumns() {
        return resultsOnTerminal
                ? terminal.map(screen -> screen.size().columns()).orElse(80)
                : Integer.MAX_VALUE;
    }
}
