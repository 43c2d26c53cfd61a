package dev.fairlead.engine.slot;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.slot.SlotView;
import dev.fairlead.deploy.slot.Verdict;
import dev.fairlead.diagnostic.Problem;
import java.util.List;
import java.util.Optional;

/// What collecting says of a slot, and what became of it.
///
/// @param outcome how the execution ended that followed; empty for a slot that stays, and in a dry run
/// @param problems why it could not be carried out
public record Collected(
        SlotView slot, Verdict verdict, Optional<Outcome> outcome, List<Problem> problems) {
    public Collected {
        problems = List.copyOf(problems);
    }

    /// Whether it is gone now.
    public boolean gone() {
        return verdict instanceof Verdict.Goes
                && outcome.filter(Outcome.Ready.class::isInstance).isPresent();
    }
}
