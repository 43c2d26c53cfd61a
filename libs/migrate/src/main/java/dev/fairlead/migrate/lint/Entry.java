package dev.fairlead.migrate.lint;

import dev.fairlead.migrate.model.Migration;
import java.util.List;

/// A rule with the code that looks for it.
///
/// @param statements asked for every statement
/// @param migrations asked for every migration
record Entry(Rule rule, OfStatement statements, OfMigration migrations) {
    @FunctionalInterface
    interface OfStatement {
        List<Found> look(Site site);
    }

    @FunctionalInterface
    interface OfMigration {
        List<Found> look(Migration migration);
    }

    static Entry statement(Rule rule, OfStatement look) {
        return new Entry(rule, look, _ -> List.of());
    }

    static Entry migration(Rule rule, OfMigration look) {
        return new Entry(rule, _ -> List.of(), look);
    }

    /// A rule that the pass itself holds.
    static Entry ofPass(Rule rule) {
        return new Entry(rule, _ -> List.of(), _ -> List.of());
    }
}
