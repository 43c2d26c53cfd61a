package dev.fairlead.cli.live;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.plan.Plan;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// One line per event, for pipes, logs of CI and everybody who asked for it.
public final class EventLines implements Display {
    /// How much is said.
    public enum Detail {
        /// Only what failed.
        QUIET,
        /// Everything but the small steps.
        NORMAL,
        /// Everything.
        VERBOSE
    }

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int KIND = "progress".length();

    private final PrintStream out;
    private final Paint paint;
    private final ZoneId zone;
    private final Detail detail;

    public EventLines(PrintStream out, Paint paint, ZoneId zone, Detail detail) {
        this.out = out;
        this.paint = paint;
        this.zone = zone;
        this.detail = detail;
    }

    @Override
    public void planned(Plan plan) {}

    @Override
    public void event(Event event) {
        boolean wanted =
                switch (detail) {
                    case QUIET -> event.kind() == Kind.FAILED;
                    // What is said of the whole is rare: that a killed execution is gone on with.
                    case NORMAL -> event.kind() != Kind.PROGRESS || event.unit().isEmpty();
                    case VERBOSE -> true;
                };
        if (wanted) {
            out.println(line(event));
        }
    }

    /// `07:12:03 ready    postgres (stateful) in 1.2s`.
    public String line(Event event) {
        var line = new StringBuilder(TIME.format(event.time().atZone(zone)));
        line.append(' ')
                .append(
                        paint.of(
                                tone(event.kind()), Columns.fitted(event.kind().toString(), KIND)));
        event.unit().ifPresent(unit -> line.append(' ').append(unit));
        event.stage().ifPresent(stage -> line.append(" (").append(stage).append(')'));
        var what = said(event);
        if (!what.isEmpty()) {
            line.append(' ').append(Columns.clean(what));
        }
        event.took()
                .ifPresent(took ->
                        line.append(what.isEmpty() ? " in " : ", ").append(Elapsed.exact(took)));
        return line.toString();
    }

    /// The text without what the word before it says already.
    private static String said(Event event) {
        return switch (event.kind()) {
            case STARTED -> event.what().equals("starts") ? "" : event.what();
            case READY -> event.what().equals("ready") ? "" : event.what();
            case STOPPED -> event.what().equals("stopped") ? "" : event.what();
            case WAITING -> event.what().replaceFirst("^waits for ", "for ");
            case PLANNED, PROGRESS, FAILED, FINISHED -> event.what();
        };
    }

    /// The line, and below it the lines that show what failed.
    public String withEvidence(Event event) {
        var text = new StringBuilder(line(event));
        for (var line : event.evidence()) {
            text.append('\n').append(paint.of(Tone.QUIET, "    | " + Columns.clean(line)));
        }
        return text.toString();
    }

    private static Tone tone(Kind kind) {
        return switch (kind) {
            case READY, FINISHED -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case STARTED, PROGRESS, WAITING -> Tone.ACTIVE;
            case PLANNED, STOPPED -> Tone.QUIET;
        };
    }

    @Override
    public void close() {}
}
