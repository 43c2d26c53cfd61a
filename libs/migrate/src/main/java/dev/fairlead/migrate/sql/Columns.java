package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Effect.AddColumn;
import dev.fairlead.migrate.sql.Effect.Constraint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The definition of a column: `name type [constraint …]`.
final class Columns {
    private static final String[] AFTER_TYPE = {
        "constraint", "not", "null", "default", "check", "primary", "unique", "references",
        "generated", "collate", "storage", "compression", "deferrable", "initially", "options",
                "using"
    };
    private static final String[] AFTER_DEFAULT = {
        "constraint",
        "not",
        "null",
        "check",
        "primary",
        "unique",
        "references",
        "generated",
        "collate",
        "deferrable",
        "initially"
    };
    private static final Set<String> SERIAL =
            Set.of(
                    "serial",
                    "bigserial",
                    "smallserial",
                    "serial2",
                    "serial4",
                    "serial8",
                    "pg_catalog.serial");

    private final Words words;
    private final ObjectName table;
    private final List<Effect> constraints = new ArrayList<>();
    private boolean notNull;
    private boolean hasDefault;
    private boolean volatileDefault;
    private Optional<String> constraintName = Optional.empty();

    private Columns(Words words, ObjectName table) {
        this.words = words;
        this.table = table;
    }

    /// Reads one definition, which is all that there is.
    static void read(Words words, ObjectName table, boolean ifNotExists, Draft draft) {
        var column = new Columns(words, table);
        var name = words.identifier();
        var type = type(words);
        if (SERIAL.contains(type.toLowerCase(Locale.ROOT))) {
            column.notNull = true;
            column.hasDefault = true;
            column.volatileDefault = true;
        }
        while (!words.atEnd()) {
            column.constraint(draft);
        }
        draft.effect(
                new AddColumn(
                        table,
                        name,
                        type,
                        column.notNull,
                        column.hasDefault,
                        column.volatileDefault,
                        ifNotExists));
        column.constraints.forEach(draft::effect);
    }

    /// A type as written, up to what may follow it.
    static String type(Words words) {
        return words.until(AFTER_TYPE).written();
    }

    private void constraint(Draft draft) {
        if (words.take("constraint")) {
            constraintName = Optional.of(words.identifier());
        } else if (words.take("not", "null")) {
            notNull = true;
            constraintName = Optional.empty();
        } else if (words.take("primary", "key")) {
            notNull = true;
            add(Constraint.PRIMARY_KEY, Optional.empty());
        } else if (words.take("unique")) {
            add(Constraint.UNIQUE, Optional.empty());
        } else if (words.take("check")) {
            words.group();
            add(Constraint.CHECK, Optional.empty());
        } else if (words.take("references")) {
            var other = words.name();
            draft.lock(other, LockMode.SHARE_ROW_EXCLUSIVE);
            add(Constraint.FOREIGN_KEY, Optional.of(other));
            words.group();
            while (words.take("on")) {
                words.skip(1); // DELETE or UPDATE
                words.skip(words.isAny("set", "no") ? 2 : 1);
            }
        } else if (words.take("default")) {
            defaultValue();
        } else if (words.take("generated")) {
            generated();
        } else {
            words.skip(1);
        }
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private void add(Constraint kind, Optional<ObjectName> references) {
        constraints.add(
                new Effect.AddConstraint(table, constraintName, kind, references, false, false));
        constraintName = Optional.empty();
    }

    private void defaultValue() {
        var all = words.left();
        int start = all.size();
        words.take("null"); // the value itself
        words.until(AFTER_DEFAULT);
        var value = all.subList(0, start - words.left().size());
        hasDefault = !(value.size() == 1 && value.getFirst().is("null"));
        volatileDefault |= Defaults.isVolatile(value);
    }

    private void generated() {
        words.until("as");
        words.take("as");
        hasDefault = true;
        if (words.take("identity")) {
            words.group();
            notNull = true;
            volatileDefault = true;
        } else {
            words.group();
            volatileDefault |= words.take("stored");
            words.take("virtual");
        }
    }
}
