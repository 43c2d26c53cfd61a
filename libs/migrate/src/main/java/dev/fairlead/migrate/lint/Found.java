package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.migrate.sql.ObjectName;
import java.util.Optional;

/// What an inspection found, before it is weighed.
///
/// @param table whose size decides, and whose figures are told
/// @param severity instead of the rule's
/// @param place instead of the statement's or the migration's
/// @param step of the migration; a statement knows its own
record Found(
        String what,
        String hint,
        Weight weight,
        Optional<ObjectName> table,
        Optional<Severity> severity,
        Optional<Place> place,
        int step) {
    /// What the table's size does to the severity.
    enum Weight {
        /// Nothing.
        ALWAYS,
        /// A small table makes it a warning: the lock is short.
        BY_SIZE,
        /// A table without a row makes it a warning: nothing is lost.
        UNLESS_EMPTY
    }

    static Found of(String what, String hint) {
        return new Found(
                what, hint, Weight.ALWAYS, Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    /// Holds the longer, the more the table holds.
    Found growingWith(ObjectName name) {
        return new Found(what, hint, Weight.BY_SIZE, Optional.of(name), severity, place, step);
    }

    /// Loses what the table holds.
    Found losing(ObjectName name) {
        return new Found(what, hint, Weight.UNLESS_EMPTY, Optional.of(name), severity, place, step);
    }

    Found as(Severity other) {
        return new Found(what, hint, weight, table, Optional.of(other), place, step);
    }

    Found at(Place other) {
        return new Found(what, hint, weight, table, severity, Optional.of(other), step);
    }

    Found inStep(int index) {
        return new Found(what, hint, weight, table, severity, place, index);
    }
}
