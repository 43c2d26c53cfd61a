package dev.fairlead.cli.text;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.cli.live.Elapsed;
import dev.fairlead.cli.text.Table.Cell;
import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus.Reload;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Collectors;

/// An environment now, as people read it.
public final class StatusText {
    private final Paint paint;
    private final Instant now;
    private final int columns;

    public StatusText(Paint paint, Instant now, int columns) {
        this.paint = paint;
        this.now = now;
        this.columns = columns;
    }

    /// The whole, ending in a line break.
    public String of(EnvironmentReport report) {
        var out = new StringBuilder();
        out.append(report.ref()).append(" on ").append(report.target()).append(": ");
        out.append(paint.of(tone(report.state()), report.state().toString())).append('\n');
        report.atWork()
                .ifPresent(
                        lease -> out.append(lease.holder().description()).append(" is at work\n"));
        if (!report.units().isEmpty()) {
            var table = new Table(paint, "UNIT", "STAGE", "STATE", "SINCE", "WHERE, OR WHY NOT");
            for (var unit : report.units()) {
                table.add(
                        Cell.of(unit.name().value()),
                        Cell.of(unit.stage().toString(), Tone.QUIET),
                        Cell.of(unit.state().toString(), tone(unit.state())),
                        Cell.of(Elapsed.ticking(Duration.between(unit.since(), now))),
                        Cell.of(remark(unit)));
            }
            out.append(table.text(columns));
        }
        report.notes()
                .forEach(note -> out.append("note: ").append(Columns.clean(note)).append('\n'));
        return out.toString();
    }

    /// The addresses alone: what `up --detach` ends with. Empty when no unit has one.
    public String addresses(EnvironmentReport report) {
        var reachable = report.units().stream().filter(unit -> unit.url().isPresent()).toList();
        int width =
                reachable.stream().mapToInt(unit -> unit.name().value().length()).max().orElse(0);
        return reachable.stream()
                .map(unit ->
                        Columns.fitted(unit.name().value(), width)
                                + "  "
                                + unit.url().orElseThrow()
                                + "\n")
                .collect(Collectors.joining());
    }

    private static String remark(UnitReport unit) {
        var parts = new ArrayList<String>();
        if (unit.state() == UnitState.READY) {
            unit.url().ifPresent(parts::add);
            if (unit.url().isEmpty() && !unit.ports().isEmpty()) {
                parts.add(
                        unit.ports().entrySet().stream()
                                .map(port -> port.getKey() + " " + port.getValue())
                                .collect(Collectors.joining(", ")));
            }
        }
        if (unit.waitsFor().isEmpty()) {
            unit.cause().ifPresent(cause -> parts.add(cause.what()));
        } else {
            parts.add("waits for " + names(unit));
        }
        if (unit.restarts() > 0) {
            parts.add("restarted " + unit.restarts() + (unit.restarts() == 1 ? " time" : " times"));
        }
        unit.reload().flatMap(StatusText::reload).ifPresent(parts::add);
        return String.join("; ", parts);
    }

    private static String names(UnitReport unit) {
        return unit.waitsFor().stream().map(UnitName::value).collect(Collectors.joining(", "));
    }

    private static Optional<String> reload(Reload reload) {
        if (reload.failedBuild().isPresent()) {
            return Optional.empty(); // its cause says so
        }
        if (!reload.current()) {
            return Optional.of("a newer change is not served yet");
        }
        return reload.editToServed().map(took -> "edit to served " + Elapsed.exact(took));
    }

    static Tone tone(UnitState state) {
        return switch (state) {
            case READY -> Tone.GOOD;
            case STARTING, DEGRADED -> Tone.ACTIVE;
            case FAILED -> Tone.BAD;
            case PENDING, STOPPED, SLEEPING -> Tone.QUIET;
        };
    }
}
