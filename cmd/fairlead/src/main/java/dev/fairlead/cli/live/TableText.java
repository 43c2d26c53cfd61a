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
    private static final int NARROWEST_REMARK = 16;

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
                List.of(State.FAILED, State.STARTING, State.PENDING, State.READY, State.STOPPED)) {
            rows.stream().filter(row -> row.state() == state).forEach(shown::add);
        }
        var kept = shown.subList(0, Math.max(1, room - 1));
        var inOrder = rows.stream().filter(kept::contains).toList();
        return lines(inOrder, rows.size() - inOrder.size(), now, size.columns());
    }

    private List<String> lines(List<Row> rows, int hidden, Instant now, int columns) {
        int unit = unitWidth(columns);
        int remark = columns - unit - STAGE - STATE - SINCE - 4 * GAP.length();
        var lines = new ArrayList<String>();
        var head = cells(unit, "UNIT", "STAGE", "STATE", "SINCE");
        lines.add(
                paint.of(
                        Tone.STRONG,
                        remark > 0 ? head + GAP + Columns.shortened("WAITS FOR", remark) : head));
        for (var row : rows) {
            lines.add(line(row, now, unit, remark));
        }
        if (hidden > 0) {
            lines.add(
                    paint.of(Tone.QUIET, Columns.shortened("… and " + hidden + " more", columns)));
        }
        lines.add(Columns.shortened(summary(now), columns));
        return lines;
    }

    private String line(Row row, Instant now, int unit, int remark) {
        var state = Columns.fitted(row.state().word(), STATE);
        var text =
                Columns.fitted(row.unit().value(), unit)
                        + GAP
                        + paint.of(Tone.QUIET, Columns.fitted(row.stage(), STAGE))
                        + GAP
                        + paint.of(row.state().tone(), state)
                        + GAP
                        + Columns.fitted(since(row, now), SINCE);
        var said = Columns.clean(progress.remark(row));
        return remark <= 0 || said.isEmpty()
                ? text.stripTrailing()
                : text + GAP + Columns.shortened(said, remark);
    }

    private static String cells(int unit, String name, String stage, String state, String since) {
        return Columns.fitted(name, unit)
                + GAP
                + Columns.fitted(stage, STAGE)
                + GAP
                + Columns.fitted(state, STATE)
                + GAP
                + Columns.fitted(since, SINCE);
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

    /// Long names give way to what a unit waits for.
    private int unitWidth(int columns) {
        int longest =
                progress.rows().stream()
                        .mapToInt(row -> row.unit().value().length())
                        .max()
                        .orElse(0);
        int most = columns - STAGE - STATE - SINCE - 4 * GAP.length() - NARROWEST_REMARK;
        return Math.max(4, Math.min(longest, most));
    }

    private String summary(Instant now) {
        var parts = new ArrayList<String>();
        long stays = count(row -> row.state() != State.STOPPED && row.state() != State.STOPPING);
        if (stays > 0) {
            parts.add(count(row -> row.state() == State.READY) + " of " + stays + " ready");
        }
        add(parts, State.FAILED);
        add(parts, State.STOPPED);
        parts.add(Elapsed.ticking(Duration.between(progress.began(), now)));
        var title = progress.title().isEmpty() ? "" : progress.title() + ": ";
        var outcome = progress.outcome().isEmpty() ? "" : " · " + Columns.clean(progress.outcome());
        return title + String.join(", ", parts) + outcome;
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
