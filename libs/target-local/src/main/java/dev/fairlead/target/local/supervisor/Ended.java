package dev.fairlead.target.local.supervisor;

import dev.fairlead.target.local.system.Exit;
import java.time.Duration;

/// Why a watch over a process is over.
sealed interface Ended {
    /// @param lived since it was started or adopted
    /// @param readyFor how long it had been ready; zero when it never was
    record ByItself(Exit exit, boolean wasReady, Duration lived, Duration readyFor)
            implements Ended {}

    /// A task did not end within its timeout.
    record TooLong(Duration timeout) implements Ended {}

    /// An edit asks for a fresh process.
    record ForReload() implements Ended {}
}
