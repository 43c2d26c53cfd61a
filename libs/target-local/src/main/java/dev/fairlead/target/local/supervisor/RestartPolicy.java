package dev.fairlead.target.local.supervisor;

import dev.fairlead.inventory.unit.Restart;
import dev.fairlead.target.local.system.Exit;
import java.time.Duration;
import java.util.Optional;

/// Decides whether a process that was ready once is started again, and when. Not safe for several threads.
final class RestartPolicy {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration STAYED = Duration.ofSeconds(30);
    private static final int TRIES = 6;

    private final Restart restart;
    private int tries;

    RestartPolicy(Restart restart) {
        this.restart = restart;
    }

    /// It ended.
    ///
    /// @param readyFor how long it had been ready this time; zero when it was not
    /// @return how long to wait before it is started again; empty when it is not
    Optional<Duration> after(Exit exit, Duration readyFor) {
        if (readyFor.compareTo(STAYED) >= 0) {
            tries = 0;
        }
        boolean wanted =
                switch (restart) {
                    case NEVER -> false;
                    case ON_FAILURE -> !exit.success();
                    case ALWAYS -> true;
                };
        if (!wanted || tries >= TRIES) {
            return Optional.empty();
        }
        var wait = FIRST.multipliedBy(1L << tries);
        tries++;
        return Optional.of(wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    /// How often it was tried without staying.
    int tries() {
        return tries;
    }
}
