package dev.fairlead.migrate.lint;

import static dev.fairlead.diagnostic.Severity.ERROR;
import static dev.fairlead.diagnostic.Severity.NOTE;
import static dev.fairlead.diagnostic.Severity.WARNING;

import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.Effect.AddConstraint;
import dev.fairlead.migrate.sql.Effect.Constraint;
import java.util.List;

/// Constraints of tables that hold data.
final class ConstraintRules {
    private static final String LATER =
            "add it NOT VALID, and VALIDATE CONSTRAINT in the next migration";

    private ConstraintRules() {}

    static final List<Entry> ALL =
            List.of(
                    Entry.statement(
                            new Rule(
                                    "adding-foreign-key-constraint",
                                    ERROR,
                                    "A foreign key without NOT VALID looks at every row while nobody can write to either"
                                            + " table.",
                                    "SHARE ROW EXCLUSIVE on both tables (reads go on), as long as all rows are looked up",
                                    LATER
                                            + ": that takes SHARE UPDATE EXCLUSIVE, which lets everybody write",
                                    """
                                    ALTER TABLE orders ADD CONSTRAINT orders_customer_fk
                                        FOREIGN KEY (customer_id) REFERENCES customers (id);
                                    """,
                                    """
                                    ALTER TABLE orders ADD CONSTRAINT orders_customer_fk
                                        FOREIGN KEY (customer_id) REFERENCES customers (id) NOT VALID;
                                    -- the next migration
                                    ALTER TABLE orders VALIDATE CONSTRAINT orders_customer_fk;
                                    """),
                            site -> added(site, Constraint.FOREIGN_KEY)),
                    Entry.statement(
                            new Rule(
                                    "constraint-missing-not-valid",
                                    ERROR,
                                    "A CHECK without NOT VALID looks at every row while nobody can read or write the table.",
                                    "ACCESS EXCLUSIVE on the table, as long as all rows are read",
                                    LATER,
                                    "ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0);",
                                    """
                                    ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;
                                    -- the next migration
                                    ALTER TABLE orders VALIDATE CONSTRAINT positive;
                                    """),
                            site -> added(site, Constraint.CHECK)),
                    Entry.statement(
                            new Rule(
                                    "disallowed-unique-constraint",
                                    ERROR,
                                    "A new UNIQUE or PRIMARY KEY constraint builds its index while nobody can read or write"
                                            + " the table.",
                                    "ACCESS EXCLUSIVE on the table, as long as the index is built",
                                    "CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX",
                                    "ALTER TABLE users ADD CONSTRAINT users_email UNIQUE (email);",
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS users_email ON users (email);
                                    -- the next migration
                                    ALTER TABLE users ADD CONSTRAINT users_email UNIQUE USING INDEX users_email;
                                    """),
                            ConstraintRules::unique),
                    Entry.statement(
                            new Rule(
                                    "adding-exclusion-constraint",
                                    ERROR,
                                    "An EXCLUDE constraint builds its index while nobody can read or write the table, and"
                                            + " there is no other way to add it.",
                                    "ACCESS EXCLUSIVE on the table, as long as the index is built",
                                    "make a new table with the constraint and move the rows, or take a maintenance window and"
                                            + " say so in an ignore comment",
                                    """
                                    ALTER TABLE bookings ADD CONSTRAINT no_overlap
                                        EXCLUDE USING gist (during WITH &&);
                                    """,
                                    """
                                    CREATE TABLE bookings (
                                        during tstzrange NOT NULL,
                                        CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&)
                                    );
                                    """),
                            site -> added(site, Constraint.EXCLUDE)),
                    Entry.statement(
                            new Rule(
                                    "validating-in-same-transaction",
                                    ERROR,
                                    "VALIDATE CONSTRAINT in the transaction that added the constraint keeps the strong lock of"
                                            + " the ADD while every row is looked at.",
                                    "ACCESS EXCLUSIVE (CHECK) or SHARE ROW EXCLUSIVE (foreign key), as long as all rows are"
                                            + " read",
                                    "VALIDATE CONSTRAINT in a migration of its own",
                                    """
                                    ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;
                                    ALTER TABLE orders VALIDATE CONSTRAINT positive;
                                    """,
                                    """
                                    ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;
                                    -- the next migration
                                    ALTER TABLE orders VALIDATE CONSTRAINT positive;
                                    """),
                            ConstraintRules::validated),
                    Entry.statement(
                            new Rule(
                                    "ban-alter-domain-with-add-constraint",
                                    WARNING,
                                    "A new constraint of a domain looks at every row of every table that uses the domain.",
                                    "SHARE on each of those tables (writes wait), as long as their rows are read",
                                    "add it NOT VALID and ALTER DOMAIN … VALIDATE CONSTRAINT later, or use a CHECK of the"
                                            + " tables",
                                    "ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%');",
                                    """
                                    ALTER DOMAIN email ADD CONSTRAINT has_at CHECK (VALUE LIKE '%@%') NOT VALID;
                                    """),
                            ConstraintRules::alteredDomain),
                    Entry.statement(
                            new Rule(
                                    "ban-create-domain-with-constraint",
                                    NOTE,
                                    "A domain's constraint can later be changed only while all tables that use it are locked.",
                                    Rule.NO_LOCK + " now",
                                    "a plain type, and a CHECK of the table",
                                    "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');",
                                    "CREATE TABLE users (email text CHECK (email LIKE '%@%'));"),
                            ConstraintRules::createdDomain));

    private static List<Found> added(Site site, Constraint kind) {
        return site.each(
                AddConstraint.class,
                constraint ->
                        Site.when(
                                constraint.kind() == kind
                                        && !constraint.notValid()
                                        && !constraint.usingIndex()
                                        && touchesStanding(site, constraint),
                                () ->
                                        Found.of(what(constraint), hint(kind))
                                                .growingWith(constraint.table())));
    }

    /// On a column that the same statement adds, every row has the same value; a foreign key still locks, a moment.
    private static boolean touchesStanding(Site site, AddConstraint constraint) {
        return site.stands(constraint.table());
    }

    private static String what(AddConstraint constraint) {
        var name = constraint.name().map(text -> " " + text).orElse("");
        return switch (constraint.kind()) {
            case FOREIGN_KEY ->
                    "nobody can write to %s or %s while every row is looked up for foreign key%s"
                            .formatted(
                                    constraint.table(),
                                    constraint
                                            .references()
                                            .map(Object::toString)
                                            .orElse("the table it refers to"),
                                    name);
            case CHECK, NOT_NULL ->
                    "nobody can read or write %s while constraint%s looks at every row"
                            .formatted(constraint.table(), name);
            case UNIQUE, PRIMARY_KEY, EXCLUDE ->
                    "nobody can read or write %s while the index of constraint%s is built"
                            .formatted(constraint.table(), name);
        };
    }

    private static String hint(Constraint kind) {
        return switch (kind) {
            case FOREIGN_KEY, CHECK, NOT_NULL -> LATER;
            case UNIQUE, PRIMARY_KEY ->
                    "CREATE UNIQUE INDEX CONCURRENTLY first, then ADD CONSTRAINT … USING INDEX";
            case EXCLUDE ->
                    "make a new table with the constraint and move the rows, or take a maintenance window and say so: `--"
                            + " fairlead:ignore adding-exclusion-constraint: REASON`";
        };
    }

    private static List<Found> unique(Site site) {
        return site.each(
                AddConstraint.class,
                constraint ->
                        Site.when(
                                (constraint.kind() == Constraint.UNIQUE
                                                || constraint.kind() == Constraint.PRIMARY_KEY)
                                        && !constraint.usingIndex()
                                        && site.stands(constraint.table()),
                                () ->
                                        Found.of(what(constraint), hint(constraint.kind()))
                                                .growingWith(constraint.table())));
    }

    private static List<Found> validated(Site site) {
        return site.each(
                Effect.ValidateConstraint.class,
                validate ->
                        Site.when(
                                site.transaction()
                                                .constraints()
                                                .contains(
                                                        site.known().key(validate.table())
                                                                + "."
                                                                + validate.name())
                                        && site.stands(validate.table()),
                                () ->
                                        Found.of(
                                                        "%s stays locked by the ADD of constraint %s while every row is looked at"
                                                                .formatted(
                                                                        validate.table(),
                                                                        validate.name()),
                                                        "VALIDATE CONSTRAINT in a migration of its own")
                                                .growingWith(validate.table())));
    }

    private static List<Found> alteredDomain(Site site) {
        return Site.when(
                site.starts("alter", "domain")
                        && site.has("add")
                        && site.has("check")
                        && !site.has("not", "valid"),
                () ->
                        Found.of(
                                "every row of every table that uses the domain is looked at, and nobody can write there meanwhile",
                                "add it NOT VALID, and ALTER DOMAIN … VALIDATE CONSTRAINT in the next migration"));
    }

    private static List<Found> createdDomain(Site site) {
        return Site.when(
                site.starts("create", "domain") && site.has("check"),
                () ->
                        Found.of(
                                "this constraint can later be changed only while all tables that use the domain are locked",
                                "use a plain type, and a CHECK of the table"));
    }
}
