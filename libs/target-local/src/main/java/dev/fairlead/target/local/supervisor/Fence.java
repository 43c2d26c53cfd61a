package dev.fairlead.target.local.supervisor;

import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.EnvironmentFolder;
import java.util.OptionalLong;

/// The highest token that was ever seen for an environment. A holder that stalled and came back has a lower one.
final class Fence {
    private final EnvironmentFolder folder;
    private long highest;

    Fence(EnvironmentFolder folder) {
        this.folder = folder;
        this.highest = kept();
    }

    private long kept() {
        return Durable.read(folder.fence()).map(text -> Long.parseLong(text.strip())).orElse(0L);
    }

    /// Lets a token pass and remembers it, durably, before anything is done for it.
    ///
    /// @return the newer token that was here before; empty when this one may go on
    synchronized OptionalLong pass(long token) {
        if (token < highest) {
            highest = kept(); // a slot that was removed begins anew
        }
        if (token < highest) {
            return OptionalLong.of(highest);
        }
        if (token > highest) {
            Durable.write(folder.fence(), token + "\n");
            highest = token;
        }
        return OptionalLong.empty();
    }
}
