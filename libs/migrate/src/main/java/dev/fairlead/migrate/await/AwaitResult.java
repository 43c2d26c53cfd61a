package dev.fairlead.migrate.await;

import java.util.List;

/// Whether a database has what a program needs.
public sealed interface AwaitResult {
    /// Every migration is there, with the text that the program knows, and every backfill that blocks is done.
    ///
    /// @param background what nobody waits for and is still to come, a sentence each
    record Satisfied(List<String> background) implements AwaitResult {
        public Satisfied {
            background = List.copyOf(background);
        }
    }

    /// @param waitsFor what is missing, a sentence each, in the order of the migrations
    record Waiting(List<String> waitsFor) implements AwaitResult {
        public Waiting {
            waitsFor = List.copyOf(waitsFor);
        }
    }

    default boolean satisfied() {
        return this instanceof Satisfied;
    }
}
