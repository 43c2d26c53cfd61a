package dev.fairlead.engine.slot;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.slot.Clearing;
import dev.fairlead.deploy.slot.Range;
import dev.fairlead.deploy.slot.SlotCode;
import dev.fairlead.deploy.slot.SlotView;
import dev.fairlead.deploy.slot.Slots;
import dev.fairlead.deploy.slot.Verdict;
import dev.fairlead.deploy.slot.Wish;
import dev.fairlead.diagnostic.ProblemException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The slots of one environment.
public final class SlotDesk {
    private final Slots slots;
    private final Clearing clearing;
    private final Clock clock;

    public SlotDesk(Slots slots, Clearing clearing, Clock clock) {
        this.slots = slots;
        this.clearing = clearing;
        this.clock = clock;
    }

    /// A slot that was given out.
    ///
    /// @param again whether it was this owner's for this purpose before
    /// @param collected what had to go first, because none was free
    public record Given(SlotView slot, boolean again, List<Collected> collected) {}

    public Range range() {
        return slots.range();
    }

    /// Gives out a slot. Where none is free, those that were idle for too long go first.
    public Given take(Wish wish) {
        var collected = List.<Collected>of();
        Slots.Taken taken;
        try {
            taken = slots.take(wish);
        } catch (ProblemException e) {
            if (e.problems().getFirst().code() != SlotCode.SLOTS_FULL) {
                throw e;
            }
            collected = collect(Optional.empty());
            taken = slots.take(wish);
        }
        checkOut(taken, wish);
        return new Given(slots.require(taken.claim().number()), taken.again(), collected);
    }

    // A slot that was just given out and cannot have its branch is of no use to anybody.
    private void checkOut(Slots.Taken taken, Wish wish) {
        try {
            slots.checkOut(taken.claim(), wish.ref());
        } catch (ProblemException e) {
            if (!taken.again()) {
                clearing.remove(slots.require(taken.claim().number()), false);
            }
            throw e;
        }
    }

    /// Every slot that is taken or in use, with what collecting would do with it now.
    public List<Collected> list() {
        return judged(Optional.empty());
    }

    /// One of them.
    public SlotView require(int number) {
        return slots.require(number);
    }

    /// Whether it is collected when it was idle for too long.
    public SlotView keep(int number, boolean keep) {
        slots.keep(number, keep);
        return slots.require(number);
    }

    /// Ends its units and keeps what they have; `up` goes on with it.
    public Outcome sleep(int number) {
        var outcome = clearing.sleep(slots.require(number));
        slots.touch(number, "slots sleep");
        return outcome;
    }

    /// Removes it with everything that it has.
    ///
    /// @param discard unsaved work in its worktree goes too
    public Outcome release(int number, boolean discard) {
        return clearing.remove(slots.require(number), discard);
    }

    /// What {@link #collect} would do, without doing it.
    ///
    /// @param idle the time after which a slot is idle for too long, in place of the stack's
    public List<Collected> judged(Optional<Duration> idle) {
        return slots.list().stream()
                .map(slot -> new Collected(slot, verdict(slot, idle), Optional.empty(), List.of()))
                .toList();
    }

    /// Removes the slots that were idle for too long, and what is left of others' removals.
    public List<Collected> collect(Optional<Duration> idle) {
        var done = new ArrayList<Collected>();
        for (var seen : slots.list()) {
            // Others were removed since it was looked at, which takes its time.
            slots.find(seen.number())
                    .ifPresent(slot -> done.add(collected(slot, verdict(slot, idle))));
        }
        return done;
    }

    private Collected collected(SlotView slot, Verdict verdict) {
        try {
            return switch (verdict) {
                case Verdict.Stays _ -> new Collected(slot, verdict, Optional.empty(), List.of());
                case Verdict.Sleeps _ ->
                        new Collected(slot, verdict, Optional.of(clearing.sleep(slot)), List.of());
                case Verdict.Goes _ ->
                        new Collected(
                                slot,
                                verdict,
                                Optional.of(clearing.remove(slot, false)),
                                List.of());
            };
        } catch (ProblemException e) {
            return new Collected(slot, verdict, Optional.empty(), e.problems());
        }
    }

    private Verdict verdict(SlotView slot, Optional<Duration> idle) {
        var range = slots.range();
        return Verdict.of(slot, idle.map(range::idle).orElse(range), clock.instant());
    }
}
