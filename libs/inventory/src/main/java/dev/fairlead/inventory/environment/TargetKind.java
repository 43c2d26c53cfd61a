package dev.fairlead.inventory.environment;

import java.util.Locale;

/// Where units run.
public enum TargetKind {
    LOCAL,
    KUBERNETES;

    /// The word in files and output: `local`, `kubernetes`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
