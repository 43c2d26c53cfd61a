package dev.fairlead.migrate.sql.aftermath;

import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.ObjectName;
import java.util.Optional;

/// Constraints of a table.
final class Constraints {
    private Constraints() {}

    /// Nothing can be asked about a constraint whose name the server chose.
    static Optional<Aftermath> added(Effect.AddConstraint added) {
        return added.name()
                .map(name ->
                        Aftermath.when(
                                there(added.table(), name, "true"),
                                "is constraint %s of %s there?".formatted(name, added.table())));
    }

    static Aftermath dropped(Effect.DropConstraint dropped) {
        return Aftermath.when(
                "NOT " + there(dropped.table(), dropped.name(), "true"),
                "is constraint %s of %s gone?".formatted(dropped.name(), dropped.table()));
    }

    static Aftermath validated(Effect.ValidateConstraint validated) {
        return Aftermath.when(
                there(validated.table(), validated.name(), "convalidated"),
                "is constraint %s of %s valid?".formatted(validated.name(), validated.table()));
    }

    private static String there(ObjectName table, String name, String condition) {
        return "EXISTS (SELECT FROM pg_constraint WHERE conrelid = %s AND conname = %s AND %s)"
                .formatted(Literals.relation(table), Literals.text(name), condition);
    }
}
