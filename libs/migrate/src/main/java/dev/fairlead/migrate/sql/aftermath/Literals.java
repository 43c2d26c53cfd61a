package dev.fairlead.migrate.sql.aftermath;

import dev.fairlead.migrate.sql.ObjectName;

/// Texts and names as SQL has them.
final class Literals {
    private Literals() {}

    static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    static String name(ObjectName name) {
        return name.schema().map(schema -> identifier(schema) + ".").orElse("")
                + identifier(name.name());
    }

    /// The oid of a table, index, view or sequence, found as a statement would find it; NULL when there is none.
    static String relation(ObjectName name) {
        return "to_regclass(" + text(name(name)) + ")";
    }

    static String type(ObjectName name) {
        return "to_regtype(" + text(name(name)) + ")";
    }
}
