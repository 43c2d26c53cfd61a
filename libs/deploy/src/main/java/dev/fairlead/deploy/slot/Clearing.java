package dev.fairlead.deploy.slot;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.environment.EnvironmentRef;

/// Removes slots with everything that they have. Cut short at any point, it is finished by being asked again: the claim
/// goes last, and says `leaving` from the beginning.
public final class Clearing {
    private final Slots slots;
    private final SlotPort port;
    private final Ending ending;

    /// Ends the units of an environment.
    public interface Ending {
        Outcome end(EnvironmentRef ref, boolean withData);

        /// Ends what runs; what there is besides stays.
        default Outcome sleep(EnvironmentRef ref) {
            return end(ref, false);
        }
    }

    public Clearing(Slots slots, SlotPort port, Ending ending) {
        this.slots = slots;
        this.port = port;
        this.ending = ending;
    }

    /// Ends the units and leaves what they keep.
    public Outcome sleep(SlotView slot) {
        return ending.sleep(slot.ref());
    }

    /// Units with their data, the environment's state, its worktree, the claim: in this order.
    ///
    /// @param discard unsaved work in the worktree goes too
    /// @throws ProblemException when there is unsaved work, or somebody came to work there meanwhile
    public Outcome remove(SlotView slot, boolean discard) {
        if (!discard && slot.unsaved().isPresent()) {
            throw unsaved(slot, slot.unsaved().get());
        }
        int number = slot.number();
        slots.leave(number);
        var outcome = ending.end(slot.ref(), true);
        switch (outcome) {
            case Outcome.Ready _ -> {
                clear(slot, discard);
                return outcome;
            }
            case Outcome.Busy _, Outcome.Superseded _ -> slots.stay(number);
            case Outcome.Failed _,
                    Outcome.Stuck _,
                    Outcome.Interrupted _,
                    Outcome.Stale _ -> {} // begun: the next command finishes it
        }
        return outcome;
    }

    private void clear(SlotView slot, boolean discard) {
        if (!port.dissolve(slot.ref())) {
            slots.stay(slot.number());
            throw Problem.error(
                            SlotCode.SLOT_TAKEN,
                            "somebody brought slot " + slot.number() + " up again meanwhile")
                    .withHint("`fairlead slots list` shows who")
                    .thrown();
        }
        if (port.folder(slot.ref()).isPresent()) {
            var unsaved = port.unsaved(slot.ref());
            boolean asked = discard || slot.claim().filter(Claim::unfinished).isPresent();
            if (!asked && unsaved.isPresent()) {
                slots.stay(slot.number()); // written just now: it is its owner's to look at
                throw unsaved(slot, unsaved.get());
            }
            slots.abandonCheckout(slot.number());
        }
        port.dropCheckout(slot.ref());
        slots.forget(slot.number());
    }

    private static ProblemException unsaved(SlotView slot, String what) {
        return Problem.error(
                        SlotCode.UNSAVED_WORK,
                        "the worktree of slot %d has unsaved work: %s"
                                .formatted(slot.number(), what))
                .withHint(
                        "commit it in %s, or throw it away with `fairlead slots release %d --discard`"
                                .formatted(
                                        slot.folder().map(Object::toString).orElse("it"),
                                        slot.number()))
                .thrown();
    }
}
