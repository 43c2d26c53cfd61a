package dev.fairlead.cli.live;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Console.Size;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.cli.live.Row.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Progress as lines of a table, none of them wider than the terminal.
final class TableText {
    private static final String GAP = "  ";
    private static final int STAGE = "migrations".length();
    private static final int STATE = State.STARTING.word().length();
    private static final int SINCE = "59m59s".length();
    private static final int NARROWEST_REMARK = 24;

    private final Progress progress;
    private final Paint paint;

    TableText(Progress progress, Paint paint) {
        this.progress = progress;
        this.paint = paint;
    }

    /// The whole table, as long as it has to be.
    List<String> whole(Instant now, int columns) {
        return lines(progress.rows(), 0, now, columns);
    }

    /// As much as fits a screen that scrolls when its last row is written: what still goes on comes before what is done.
    List<String> fitting(Instant now, Size size) {
        var rows = progress.rows();
        int room = size.rows() - 3;
        if (rows.size() <= room) {
            return lines(rows, 0, now, size.columns());
        }
        var shown = new ArrayList<Row>();
        for (var state :
                List.of(
                        State.FAILED,
                        State.STARTING,
                        State.STOPPING,
                        State.PENDING,
                        State.SKIPPED,
                        State.READY,
                        State.STOPPED)) {
            rows.stream().filter(row -> row.state() == state).forEach(shown::add);
        }
        var kept = shown.subList(0, Math.max(1, room - 1));
        var inOrder = rows.stream().filter(kept::contains).toList();
        return lines(inOrder, rows.size() - inOrder.size(), now, size.columns());
    }

    private List<String> lines(List<Row> rows, int hidden, Instant now, int columns) {
        var widths = Widths.of(longest(), columns);
        var lines = new ArrayList<String>();
        var head =
                Columns.fitted("UNIT", widths.unit())
                        + (widths.stages() ? GAP + Columns.fitted("STAGE", STAGE) : "")
                        + GAP
                        + Columns.fitted("STATE", STATE)
                        + GAP
                        + Columns.fitted("SINCE", SINCE);
        lines.add(
                paint.of(
                        Tone.STRONG,
                        widths.remark() > 0
                                ? head + GAP + Columns.shortened("WAITS FOR", widths.remark())
                                : head));
        for (var row : rows) {
            lines.add(line(row, now, widths));
        }
        if (hidden > 0) {
            lines.add(
                    paint.of(Tone.QUIET, Columns.shortened("… and " + hidden + " more", columns)));
        }
        lines.add(Columns.shortened(summary(now), columns));
        return lines;
    }

    /// How wide the columns are that differ from table to table. Where room is scarce, why a unit is as it is tells more than
    /// its stage, and then more than the end of a long name.
    ///
    /// @param remark not positive where there is no room for it at all
    private record Widths(int unit, boolean stages, int remark) {
        static Widths of(int longest, int columns) {
            int room = columns - STATE - SINCE - 3 * GAP.length();
            int beside = room - STAGE - GAP.length();
            boolean stages = beside - longest >= NARROWEST_REMARK;
            int left = stages ? beside : room;
            int unit = Math.max(4, Math.min(longest, left - NARROWEST_REMARK));
            return new Widths(unit, stages, left - unit);
        }
    }

    private String line(Row row, Instant now, Widths widths) {
        var state = Columns.fitted(row.state().word(), STATE);
        var stage = paint.of(Tone.QUIET, Columns.fitted(row.stage(), STAGE));
        var text =
                Columns.fitted(row.unit().value(), widths.unit())
                        + (widths.stages() ? GAP + stage : "")
                        + GAP
                        + paint.of(row.state().tone(), state)
                        + GAP
                        + Columns.fitted(since(row, now), SINCE);
        var said = Columns.clean(progress.remark(row));
        return widths.remark() <= 0 || said.isEmpty()
                ? text.stripTrailing()
                : text + GAP + Columns.shortened(said, widths.remark());
    }

    /// What has ended shows how long it took, what goes on how long it has been so.
    private static String since(Row row, Instant now) {
        return row.took()
                .filter(_ -> !row.state().open())
                .map(Elapsed::exact)
                .orElseGet(() ->
                        row.state() == State.STARTING || row.state() == State.STOPPING
                                ? Elapsed.ticking(Duration.between(row.since(), now))
                                : "");
    }

    private int longest() {
        return progress.rows().stream()
                .mapToInt(row -> row.unit().value().length())
                .max()
                .orElse(0);
    }

    private String summary(Instant now) {
        var parts = new ArrayList<String>();
        long stays = count(row -> row.state() != State.STOPPED && row.state() != State.STOPPING);
        if (stays > 0) {
            parts.add(count(row -> row.state() == State.READY) + " of " + stays + " ready");
        }
        add(parts, State.FAILED);
        add(parts, State.SKIPPED);
        add(parts, State.STOPPED);
        parts.add(Elapsed.ticking(Duration.between(progress.began(), now)));
        var outcome = progress.outcome().isEmpty() ? "" : " · " + Columns.clean(progress.outcome());
        return progress.title() + progress.colon() + String.join(", ", parts) + outcome;
    }

    private void add(List<String> parts, State state) {
        long number = count(row -> row.state() == state);
        if (number > 0) {
            parts.add(number + " " + state.word());
        }
    }

    private long count(Predicate<Row> wanted) {
        return progress.rows().stream().filter(wanted).count();
    }
}
