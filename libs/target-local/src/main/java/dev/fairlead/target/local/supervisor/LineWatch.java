package dev.fairlead.target.local.supervisor;

import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Looks for a line in the output of a process.
final class LineWatch implements Consumer<String> {
    private volatile @Nullable Pattern wanted;
    private volatile boolean found;

    /// Another process, another search.
    void expect(Pattern pattern) {
        found = false;
        wanted = pattern;
    }

    boolean found() {
        return found;
    }

    @Override
    public void accept(String line) {
        var pattern = wanted;
        if (pattern != null && !found && pattern.matcher(line).find()) {
            found = true;
        }
    }
}
