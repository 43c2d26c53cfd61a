package dev.fairlead.cli.text;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A plain table of text; its last column is shortened to the width of the terminal.
public final class Table {
    /// One cell and what it means.
    public record Cell(String text, Tone tone) {
        public static Cell of(String text) {
            return new Cell(Columns.clean(text), Tone.PLAIN);
        }

        public static Cell of(String text, Tone tone) {
            return new Cell(Columns.clean(text), tone);
        }
    }

    private static final int GAP = 2;

    private final List<List<Cell>> rows = new ArrayList<>();
    private final Paint paint;

    public Table(Paint paint, String... heads) {
        this.paint = paint;
        rows.add(Arrays.stream(heads).map(head -> Cell.of(head, Tone.STRONG)).toList());
    }

    /// One cell per head.
    public void add(Cell... cells) {
        rows.add(List.of(cells));
    }

    /// The lines, each ending in a line break and none wider than `columns` if that leaves any room for the last one.
    public String text(int columns) {
        int[] widths = new int[rows.getFirst().size()];
        for (var row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], Columns.of(row.get(i).text()));
            }
        }
        int last = widths.length - 1;
        int before = Arrays.stream(widths, 0, last).map(width -> width + GAP).sum();
        widths[last] = Math.min(widths[last], Math.max(8, columns - before));
        var out = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < last; i++) {
                var cell = row.get(i);
                line.append(paint.of(cell.tone(), cell.text()));
                line.append(" ".repeat(widths[i] - Columns.of(cell.text()) + GAP));
            }
            var end = row.get(last);
            line.append(paint.of(end.tone(), Columns.shortened(end.text(), widths[last])));
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
