package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.journal.Turn;
import java.util.Optional;

/// How a plan is to be executed.
///
/// @param command the word in the journal and in the execution's name: `apply`, `up`, `restart`
/// @param turn what to do when somebody else is at work
/// @param strict only this very plan: when planning again under the lease gives another, nothing is done ({@link
///     Outcome.Stale}); otherwise the newer plan is executed
/// @param returnsTo the revision that it goes back to, where it does
public record Order(String command, Turn turn, boolean strict, Optional<Long> returnsTo) {
    /// One that goes on, not back.
    public Order(String command, Turn turn, boolean strict) {
        this(command, turn, strict, Optional.empty());
    }
}
