package dev.fairlead.deploy.journal;

import java.time.Duration;
import java.util.Optional;

/// What to do when somebody else is at work.
///
/// @param patience how long to wait for its end
/// @param supersede ask it to end at its next step, and wait for that
public record Turn(Optional<Duration> patience, boolean supersede) {
    /// Give up at once.
    public static final Turn AT_ONCE = new Turn(Optional.empty(), false);
}
