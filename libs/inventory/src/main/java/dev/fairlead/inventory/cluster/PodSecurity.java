package dev.fairlead.inventory.cluster;

import java.util.Locale;

/// The Pod Security level that a unit's pods need: what is not said in a manifest is filled in for it.
public enum PodSecurity {
    RESTRICTED,
    BASELINE,
    PRIVILEGED;

    /// The word in files and output: `restricted`, …
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The level of its word.
    public static PodSecurity of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
