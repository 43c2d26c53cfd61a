package dev.fairlead.inventory.unit;

import java.util.Locale;

/// The stages of a deploy, in their order.
public enum Stage {
    STATEFUL,
    MIGRATIONS,
    INTERNAL,
    EDGE,
    FRONTEND,
    /// What is set up with the others, and runs only when somebody runs it.
    AGENTS;

    /// The word in files and output: `stateful`, `migrations`, …
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
