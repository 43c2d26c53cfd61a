package dev.fairlead.deploy.target;

import java.util.Locale;

/// What a unit does now.
public enum UnitState {
    /// Wanted, not started: it waits for others.
    PENDING,
    /// Started, not ready yet.
    STARTING,
    /// Ready: it answers, or its work is done.
    READY,
    /// It was ready and is not now; it may come back by itself.
    DEGRADED,
    /// It ended, cannot start, or was not ready in time; only a late one comes back by itself.
    FAILED,
    /// Not wanted, not running.
    STOPPED,
    /// Put to sleep until somebody needs it.
    SLEEPING;

    /// The word in output: `pending`, `starting`, …
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
