package dev.fairlead.deploy.slot;

import dev.fairlead.deploy.journal.Store.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What collecting does with a slot, and why.
public sealed interface Verdict {
    /// For a person, without a full stop.
    String why();

    /// It is left alone.
    ///
    /// @param until when it would be collected if nobody did anything with it
    record Stays(String why, Optional<Instant> until) implements Verdict {}

    /// Its units end, what it keeps stays.
    record Sleeps(String why) implements Verdict {}

    /// It is removed with everything that it has.
    record Goes(String why) implements Verdict {}

    /// Pure: the same slot at the same moment always has the same verdict.
    static Verdict of(SlotView slot, Range range, Instant now) {
        if (slot.atWork().isPresent()) {
            return new Stays(slot.atWork().map(Holder::description).get() + " is at work", none());
        }
        if (slot.state() == SlotState.TERMINATING) {
            return new Goes("its removal was begun and not finished");
        }
        if (range.guarded()) {
            return new Stays("the environment is protected", none());
        }
        if (slot.claim().filter(Claim::keep).isPresent()) {
            return new Stays("it is kept", none());
        }
        if (slot.kept().isPresent()) {
            return new Stays("it is kept by " + slot.kept().get(), none());
        }
        var until = slot.since().plus(range.idleTtl());
        // Never negative: a clock that was set back must not make a slot look old.
        var idle = slot.since().isAfter(now) ? Duration.ZERO : Duration.between(slot.since(), now);
        if (now.isBefore(until)) {
            var nap = range.sleepAfter().filter(after -> idle.compareTo(after) >= 0);
            return nap.isPresent() && !slot.silent()
                    ? new Sleeps(
                            "idle for %s, longer than %s".formatted(span(idle), span(nap.get())))
                    : new Stays(
                            "idle for %s of %s".formatted(span(idle), span(range.idleTtl())),
                            Optional.of(until));
        }
        if (slot.unsaved().isPresent()) {
            var why = "its worktree has unsaved work (" + slot.unsaved().get() + ")";
            return slot.silent() ? new Stays(why, none()) : new Sleeps(why);
        }
        return new Goes("idle for %s, longer than %s".formatted(span(idle), span(range.idleTtl())));
    }

    private static Optional<Instant> none() {
        return Optional.empty();
    }

    /// `45s`, `12m`, `7h 30m`, `2d 4h`.
    private static String span(Duration span) {
        if (span.compareTo(Duration.ofMinutes(1)) < 0) {
            return span.toSeconds() + "s";
        }
        if (span.compareTo(Duration.ofHours(1)) < 0) {
            return span.toMinutes() + "m";
        }
        return span.toDays() == 0
                ? pair(span.toHours() + "h", span.toMinutesPart(), "m")
                : pair(span.toDays() + "d", span.toHoursPart(), "h");
    }

    private static String pair(String first, int second, String unit) {
        return second == 0 ? first : first + " " + second + unit;
    }
}
