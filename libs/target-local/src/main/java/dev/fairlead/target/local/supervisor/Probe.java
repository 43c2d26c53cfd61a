package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// One way to see whether a unit is ready.
interface Probe {
    /// @return empty when it is, else why not
    Optional<Cause> look() throws InterruptedException;

    /// What is to be said while the first look takes its time; empty for one that takes none.
    default Optional<Cause> unanswered() {
        return Optional.empty();
    }

    /// What is to be said of a unit that was ready and does not answer any more; empty for a probe that may take its time.
    default Optional<Cause> silent() {
        return Optional.empty();
    }

    /// How long to wait between two looks.
    ///
    /// @param settled the unit is ready; it costs as little as possible then
    Duration every(boolean settled);

    /// A look that will never say anything else once it said yes.
    Duration NEVER = Duration.ofDays(365);

    static Cause pending(String what) {
        return new Cause(CauseCode.PROBE_PENDING, what, List.of(), List.of());
    }
}
