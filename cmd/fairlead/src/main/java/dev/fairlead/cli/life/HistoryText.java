package dev.fairlead.cli.life;

import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.cli.live.Elapsed;
import dev.fairlead.cli.text.Table;
import dev.fairlead.cli.text.Table.Cell;
import dev.fairlead.cli.text.TimesLine;
import dev.fairlead.deploy.history.CriticalPath;
import dev.fairlead.deploy.history.ExecutionReport;
import dev.fairlead.deploy.history.UnitTime;
import dev.fairlead.engine.life.HistoryReport;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Collectors;

/// Executions as people read them.
///
/// @param columns how wide a line may be
record HistoryText(Paint paint, ZoneId zone, int columns) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    /// All of them, ending in a line break.
    String of(HistoryReport report) {
        if (report.executions().isEmpty()) {
            return report.ref() + ": nothing was done here yet.\n";
        }
        var table = new Table(paint, "EXECUTION", "WHEN", "TOOK", "OUTCOME", "REV", "BY", "WHAT");
        for (var execution : report.executions()) {
            table.add(
                    Cell.of(execution.id()),
                    Cell.of(when(execution.began()), Tone.QUIET),
                    Cell.of(execution.took().map(Elapsed::exact).orElse("")),
                    Cell.of(execution.outcome(), tone(execution.outcome())),
                    Cell.of(revision(execution, report.revision())),
                    Cell.of(
                            execution.by().replaceFirst("^fairlead \\(pid \\d+\\) of ", ""),
                            Tone.QUIET),
                    Cell.of(execution.what()));
        }
        var kept =
                report.revisions().stream().map(String::valueOf).collect(Collectors.joining(", "));
        return table.text(columns)
                + (kept.isEmpty() ? "" : "revisions to go back to: " + kept + "\n");
    }

    private static String revision(ExecutionReport execution, long present) {
        return execution
                .revision()
                .map(number -> number + (number == present ? "*" : ""))
                .orElse("");
    }

    private String when(Instant time) {
        return TIME.format(time.atZone(zone));
    }

    /// One of them with its steps, ending in a line break.
    String of(ExecutionReport execution, CriticalPath path) {
        var out = new StringBuilder();
        out.append(paint.of(Tone.STRONG, execution.id())).append(": ");
        out.append(paint.of(tone(execution.outcome()), execution.outcome()));
        execution.took().ifPresent(took -> out.append(" after ").append(Elapsed.exact(took)));
        out.append(", ").append(execution.what()).append('\n');
        out.append("began ").append(when(execution.began()));
        if (!execution.by().isEmpty()) {
            out.append(" by ").append(execution.by());
        }
        out.append('\n');
        execution.planHash().ifPresent(hash -> out.append("plan ").append(hash).append('\n'));
        execution
                .revision()
                .ifPresent(number -> out.append("revision ").append(number).append('\n'));
        if (!execution.units().isEmpty()) {
            var table = new Table(paint, "UNIT", "STAGE", "TOOK", "END", "WHAT");
            execution.units().forEach(time -> table.add(row(time)));
            out.append('\n').append(table.text(columns));
        }
        if (path.links().size() > 1) {
            out.append(TimesLine.path(path)).append('\n');
        }
        return out.toString();
    }

    private static Cell[] row(UnitTime time) {
        return new Cell[] {
            Cell.of(time.unit().value()),
            Cell.of(time.stage().map(Object::toString).orElse(""), Tone.QUIET),
            Cell.of(time.took().map(Elapsed::exact).orElse("")),
            Cell.of(time.end().toString(), tone(time.end().toString())),
            Cell.of(time.what())
        };
    }

    private static Tone tone(String word) {
        return switch (word) {
            case "ready" -> Tone.GOOD;
            case "failed", "stuck", "killed" -> Tone.BAD;
            case "running", "interrupted", "superseded", "open" -> Tone.ACTIVE;
            case String _ -> Tone.QUIET;
        };
    }
}
