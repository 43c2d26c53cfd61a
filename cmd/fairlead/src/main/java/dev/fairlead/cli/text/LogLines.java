package dev.fairlead.cli.text;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.inventory.unit.UnitName;
import java.io.PrintStream;
import java.util.List;

/// Output of units, each line behind its unit's name in a colour of its own.
public final class LogLines {
    private final PrintStream out;
    private final Paint paint;
    private final boolean terminal;
    private final List<UnitName> units;
    private final int width;

    /// @param terminal whether escape sequences must be taken out, as they could move the cursor
    /// @param units all that may be heard of; a single one needs no prefix
    public LogLines(PrintStream out, Paint paint, boolean terminal, List<UnitName> units) {
        this.out = out;
        this.paint = paint;
        this.terminal = terminal;
        this.units = List.copyOf(units);
        this.width = units.stream().mapToInt(unit -> unit.value().length()).max().orElse(0);
    }

    /// Prints one line; always answers that more is wanted, unless the reader went away.
    public synchronized boolean line(UnitName unit, String line) {
        var text = terminal ? Columns.clean(line) : line;
        if (units.size() != 1) {
            var name = Columns.fitted(unit.value(), Math.max(width, unit.value().length())) + " | ";
            text = paint.prefix(Math.max(0, units.indexOf(unit)), name) + text;
        }
        out.println(text);
        return !out.checkError();
    }
}
