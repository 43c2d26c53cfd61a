package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Effect.AddConstraint;
import dev.fairlead.migrate.sql.Effect.Constraint;
import java.util.Optional;

/// A constraint of a table: `[CONSTRAINT name] CHECK | UNIQUE | PRIMARY KEY | EXCLUDE | FOREIGN KEY | NOT NULL …`.
final class Constraints {
    private Constraints() {}

    static boolean beginsHere(Words words) {
        return words.isAny("constraint", "check", "unique", "primary", "exclude", "foreign")
                || words.is("not", "null");
    }

    /// Reads one constraint, which is all that there is.
    static AddConstraint read(Words words, ObjectName table, Draft draft) {
        var name =
                words.take("constraint")
                        ? Optional.of(words.identifier())
                        : Optional.<String>empty();
        Optional<ObjectName> references = Optional.empty();
        var kind = kind(words);
        boolean usingIndex = kind != Constraint.EXCLUDE && words.is("using", "index");
        if (kind == Constraint.FOREIGN_KEY) {
            words.until("references");
            words.take("references");
            var other = words.name();
            references = Optional.of(other);
            draft.lock(other, LockMode.SHARE_ROW_EXCLUSIVE);
        }
        boolean notValid = words.has("not", "valid");
        return new AddConstraint(table, name, kind, references, notValid, usingIndex);
    }

    private static Constraint kind(Words words) {
        if (words.take("primary", "key")) {
            return Constraint.PRIMARY_KEY;
        } else if (words.take("foreign", "key")) {
            return Constraint.FOREIGN_KEY;
        } else if (words.take("unique")) {
            return Constraint.UNIQUE;
        } else if (words.take("exclude")) {
            return Constraint.EXCLUDE;
        } else if (words.take("not", "null")) {
            return Constraint.NOT_NULL;
        } else if (words.take("check")) {
            return Constraint.CHECK;
        }
        throw new Words.Unreadable();
    }
}
