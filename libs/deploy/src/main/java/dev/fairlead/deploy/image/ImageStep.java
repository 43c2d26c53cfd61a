package dev.fairlead.deploy.image;

import java.util.Locale;
import java.util.Optional;

/// What a plan does with one image, before the first unit.
///
/// @param reference how the registry knows it
/// @param digest of its manifest, where it is known
/// @param why one clause for people
public record ImageStep(
        String name, String reference, Action action, Optional<String> digest, String why) {
    /// Whether it is to be made.
    public boolean acts() {
        return action == Action.BUILD || action == Action.MIRROR;
    }

    /// What is done.
    public enum Action {
        BUILD,
        MIRROR,
        KEEP,
        /// Its name points to something else than what was pushed: the plan is refused.
        MOVED;

        /// The word in output: `build`, `mirror`, `keep`, `moved`.
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
