package dev.fairlead.migrate;

/// Told what happens, by the thread that runs or waits; it must be quick and must not throw.
@FunctionalInterface
public interface MigrateEvents {
    void happened(MigrateEvent event);

    /// Nobody listens.
    MigrateEvents NONE = _ -> {};
}
