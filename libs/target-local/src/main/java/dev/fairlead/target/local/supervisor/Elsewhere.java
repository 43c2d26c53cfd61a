package dev.fairlead.target.local.supervisor;

import dev.fairlead.target.local.system.Listeners;
import dev.fairlead.target.local.system.ProcessTable;
import java.time.Duration;

/// Where a unit listens whose port does not answer: mostly on another one, because it was not given the right number.
final class Elsewhere {
    /// The answer costs a look at every process, and probes look far more often than it changes.
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Mark mark;
    private long next = System.nanoTime() + EVERY.toNanos();
    private String words = "";

    Elsewhere(Mark mark) {
        this.mark = mark;
    }

    /// The end of a sentence, or nothing as long as the unit may just not have got there.
    String words() {
        if (System.nanoTime() - next >= 0) {
            var pids = mark.processes().stream().map(ProcessTable.Entry::pid).toList();
            var found = Listeners.of(pids);
            words =
                    found.isEmpty()
                            ? "; it listens on no port"
                            : "; it listens on " + String.join(", ", found) + " instead";
            next = System.nanoTime() + EVERY.toNanos();
        }
        return words;
    }
}
