package dev.fairlead.target.kubernetes.look;

import dev.fairlead.target.kubernetes.home.Inventory.Entry;
import dev.fairlead.target.kubernetes.home.Secrets;
import dev.fairlead.target.kubernetes.home.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was seen of an environment when it was planned: whoever carries that plan out at once need not ask for it again.
///
/// @param namespace empty: it was not there, and nothing in it
/// @param entries the inventory
/// @param secrets those that are kept
/// @param housed whether nothing has to be done to the namespace before something is written there
public record Sight(
        Optional<Map<String, Object>> namespace,
        State state,
        List<Entry> entries,
        Listed listed,
        Secrets secrets,
        boolean housed) {
    public Sight {
        entries = List.copyOf(entries);
    }

    /// The same environment after somebody worked on it.
    public Sight with(List<Entry> inventory, Listed now) {
        return new Sight(namespace, state, inventory, now, secrets, housed);
    }

    /// The first write of the record makes a namespace that is not there, and marks one of somebody else.
    public Sight afterFirstWrite() {
        return new Sight(namespace, state, entries, listed, secrets, true);
    }
}
