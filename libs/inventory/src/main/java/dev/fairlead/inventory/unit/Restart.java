package dev.fairlead.inventory.unit;

/// Whether a process that ended by itself, after it was ready, is started again.
public enum Restart {
    NEVER,
    ON_FAILURE,
    ALWAYS;

    /// The word in files and output: `never`, `on-failure`, `always`.
    @Override
    public String toString() {
        return switch (this) {
            case NEVER -> "never";
            case ON_FAILURE -> "on-failure";
            case ALWAYS -> "always";
        };
    }
}
