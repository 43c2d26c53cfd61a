package dev.fairlead.target.local.supervisor;

import dev.fairlead.inventory.unit.Ready;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Looks for the line in the output of a process that says it is ready.
final class LineWatch implements Consumer<String> {
    private final Optional<Pattern> wanted;
    private volatile boolean found;

    LineWatch(Ready ready) {
        this.wanted =
                ready instanceof Ready.Log(var regex)
                        ? Optional.of(Pattern.compile(regex))
                        : Optional.empty();
    }

    /// A process is about to be started: what others printed does not count. Called before it is, so that its first line
    /// is not missed.
    void begin() {
        found = false;
    }

    /// The process said so to an earlier supervisor, which read the line.
    void remember() {
        found = true;
    }

    boolean found() {
        return found;
    }

    @Override
    public void accept(String line) {
        if (wanted.isPresent() && !found && wanted.get().matcher(line).find()) {
            found = true;
        }
    }
}
