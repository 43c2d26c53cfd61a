package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.render.Desired;
import dev.fairlead.deploy.target.Session.Wanted;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a unit of a kind of its own saw at its end, beside what was applied of it.
final class SeenContent {
    private SeenContent() {}

    /// @param seen nothing is added when it is empty
    static Wanted with(Wanted wanted, Map<String, Object> seen) {
        if (seen.isEmpty()) {
            return wanted;
        }
        var content = new LinkedHashMap<>(wanted.content());
        content.put(Desired.SEEN, seen);
        return new Wanted(wanted.hash(), content);
    }
}
