package dev.fairlead.inventory.environment;

import java.util.Locale;

/// Which way of running an environment's units take: `dev` their `dev:` block, `prod` their image or command.
public enum Mode {
    DEV,
    PROD;

    /// The word in files and output: `dev`, `prod`.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
