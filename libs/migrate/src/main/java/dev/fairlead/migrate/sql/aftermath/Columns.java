package dev.fairlead.migrate.sql.aftermath;

import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.ObjectName;

/// Columns of a table.
final class Columns {
    private Columns() {}

    static Aftermath added(Effect.AddColumn added) {
        return Aftermath.when(
                there(added.table(), added.column(), "true"),
                "is column %s of %s there?".formatted(added.column(), added.table()));
    }

    static Aftermath dropped(Effect.DropColumn dropped) {
        return Aftermath.when(
                "NOT " + there(dropped.table(), dropped.column(), "true"),
                "is column %s of %s gone?".formatted(dropped.column(), dropped.table()));
    }

    static Aftermath renamed(Effect.RenameColumn renamed) {
        return Aftermath.when(
                "NOT %s AND %s"
                        .formatted(
                                there(renamed.table(), renamed.column(), "true"),
                                there(renamed.table(), renamed.to(), "true")),
                "has column %s of %s become %s?"
                        .formatted(renamed.column(), renamed.table(), renamed.to()));
    }

    static Aftermath notNull(ObjectName table, String column, boolean wanted) {
        return Aftermath.when(
                there(table, column, wanted ? "attnotnull" : "NOT attnotnull"),
                "is column %s of %s %s?"
                        .formatted(column, table, wanted ? "NOT NULL" : "nullable"));
    }

    private static String there(ObjectName table, String column, String condition) {
        return "EXISTS (SELECT FROM pg_attribute WHERE attrelid = %s AND attname = %s AND attnum > 0 AND NOT attisdropped AND %s)"
                .formatted(Literals.relation(table), Literals.text(column), condition);
    }
}
