package dev.fairlead.deploy.kind;

import dev.fairlead.deploy.target.Cause;

/// Told how the work of a unit goes on; quick, and safe for several threads.
public interface KindWatch {
    /// How far it is: one sentence without a full stop, secrets masked.
    void progress(String what);

    /// It waits, and for what. Kept where `explain` finds it, until the next word of progress.
    void waits(Cause cause);
}
