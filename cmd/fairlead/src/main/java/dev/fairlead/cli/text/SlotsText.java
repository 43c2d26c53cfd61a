package dev.fairlead.cli.text;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.cli.live.Elapsed;
import dev.fairlead.cli.text.Table.Cell;
import dev.fairlead.deploy.slot.Claim;
import dev.fairlead.deploy.slot.Range;
import dev.fairlead.deploy.slot.SlotState;
import dev.fairlead.deploy.slot.SlotView;
import dev.fairlead.deploy.slot.Verdict;
import dev.fairlead.engine.slot.Collected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Slots as people read them.
public final class SlotsText {
    private final Paint paint;
    private final Instant now;
    private final int columns;

    public SlotsText(Paint paint, Instant now, int columns) {
        this.paint = paint;
        this.now = now;
        this.columns = columns;
    }

    /// The table, and how many are free.
    public String list(Range range, List<Collected> slots) {
        var out = new StringBuilder();
        if (!slots.isEmpty()) {
            var table =
                    new Table(paint, "SLOT", "STATE", "WHOSE", "BRANCH", "LAST DONE", "COLLECTED");
            slots.forEach(one -> table.add(row(one)));
            out.append(table.text(columns));
        }
        long free = Math.max(0, range.most() - slots.size());
        out.append(
                "%s/%s: %d of %d slots free%n"
                        .formatted(range.project(), range.environment(), free, range.most()));
        return out.toString();
    }

    private Cell[] row(Collected one) {
        var slot = one.slot();
        return new Cell[] {
            Cell.of(Integer.toString(slot.number())),
            Cell.of(slot.state().toString(), tone(slot.state())),
            Cell.of(slot.claim().map(Claim::holder).orElse("-")),
            Cell.of(slot.claim().flatMap(Claim::checkout).map(Claim.Checkout::ref).orElse("-")),
            Cell.of(slot.activity().why() + " " + ago(slot.activity().at())),
            Cell.of(forecast(one.verdict()))
        };
    }

    private String ago(Instant at) {
        return at.equals(Instant.EPOCH) ? "" : Elapsed.ticking(Duration.between(at, now)) + " ago";
    }

    private String forecast(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Stays(var why, var until) ->
                    until.map(at -> "in " + Elapsed.ticking(Duration.between(now, at)))
                            .orElse("no: " + why);
            case Verdict.Sleeps(var why) -> "sleeps at the next gc: " + why;
            case Verdict.Goes(var why) -> "at the next gc: " + why;
        };
    }

    private static Tone tone(SlotState state) {
        return switch (state) {
            case READY -> Tone.GOOD;
            case FAILED -> Tone.BAD;
            case DEGRADED, TERMINATING, CREATING -> Tone.ACTIVE;
            case FREE, TAKEN, SLEEPING -> Tone.QUIET;
        };
    }

    /// What was given out, and what to do with it.
    public static String taken(SlotView slot, boolean again) {
        var out = new StringBuilder();
        out.append(
                "slot %d of %s%s%n"
                        .formatted(
                                slot.number(), slot.ref().name(), again ? ", yours already" : ""));
        slot.folder().ifPresent(folder -> out.append("folder  ").append(folder).append('\n'));
        out.append(
                "up      fairlead up -e %s --slot %d --detach%n"
                        .formatted(slot.ref().name(), slot.number()));
        out.append(
                "back    fairlead slots release -e %s %d%n"
                        .formatted(slot.ref().name(), slot.number()));
        return out.toString();
    }

    /// One line per slot: what is or would be done with it, and why.
    public static String collected(boolean dryRun, List<Collected> slots) {
        var out = new StringBuilder();
        for (var one : slots) {
            out.append(
                    "slot %d: %s (%s)%n"
                            .formatted(
                                    one.slot().number(),
                                    done(dryRun, one),
                                    Columns.clean(one.verdict().why())));
        }
        return slots.isEmpty() ? "no slot is taken or in use\n" : out.toString();
    }

    private static String done(boolean dryRun, Collected one) {
        return switch (one.verdict()) {
            case Verdict.Stays _ -> "stays";
            case Verdict.Sleeps _ -> dryRun ? "would sleep" : "sleeps";
            case Verdict.Goes _ ->
                    dryRun ? "would be removed" : one.gone() ? "removed" : "not removed";
        };
    }
}
