package dev.fairlead.target.local.supervisor;

import java.util.concurrent.CompletableFuture;

/// What a unit does from its start until it is replaced or removed. Runs on a thread of its own and ends by interrupt;
/// it leaves its processes as they are, for whoever comes after to end or to adopt.
interface Life {
    void live() throws InterruptedException;

    /// Looks how it is now, where that is only seen now and then while all is well.
    ///
    /// @return done when the board says so
    default CompletableFuture<Void> look() {
        return CompletableFuture.completedFuture(null);
    }
}
