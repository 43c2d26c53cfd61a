package dev.fairlead.migrate.plan;

/// How far a run goes.
public sealed interface Goal {
    /// Everything that there is; not a way down.
    record All() implements Goal {}

    /// Up to and with this migration; downwards: until only it and what is before it is left.
    ///
    /// @param migration a key, `key@version`, or a goose file's number; `0` downwards: until nothing is left
    record To(String migration) implements Goal {}

    /// So many migrations.
    record Steps(int count) implements Goal {
        public Steps {
            if (count < 1) {
                throw new IllegalArgumentException("at least one migration: " + count);
            }
        }
    }

    Goal ALL = new All();
}
