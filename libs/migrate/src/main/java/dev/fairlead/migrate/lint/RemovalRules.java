package dev.fairlead.migrate.lint;

import static dev.fairlead.diagnostic.Severity.ERROR;
import static dev.fairlead.diagnostic.Severity.WARNING;

import dev.fairlead.migrate.sql.Effect;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What takes away something that running code uses, or data that nobody gets back.
final class RemovalRules {
    private static final String MOMENT = "ACCESS EXCLUSIVE on the table, a moment";

    private RemovalRules() {}

    static final List<Entry> ALL =
            List.of(
                    Entry.statement(
                            new Rule(
                                    "renaming-column",
                                    ERROR,
                                    "The code that runs now asks for the old name and fails at once.",
                                    MOMENT,
                                    "add a column, write both, backfill, read the new one, drop the old one when nobody uses it",
                                    "ALTER TABLE users RENAME COLUMN mail TO email;",
                                    "ALTER TABLE users ADD COLUMN email text;"),
                            RemovalRules::renamedColumn),
                    Entry.statement(
                            new Rule(
                                    "renaming-table",
                                    ERROR,
                                    "The code that runs now asks for the old name and fails at once.",
                                    MOMENT,
                                    "in one transaction rename the table and CREATE VIEW with the old name; drop the view when"
                                            + " nobody uses it",
                                    "ALTER TABLE users RENAME TO people;",
                                    """
                                    ALTER TABLE users RENAME TO people;
                                    CREATE VIEW users AS SELECT * FROM people;
                                    """),
                            RemovalRules::renamedTable),
                    Entry.statement(
                            new Rule(
                                    "ban-drop-column",
                                    ERROR,
                                    "The data is lost, and the code that runs now may still name the column.",
                                    MOMENT,
                                    "release code without the column first, then drop it with `-- fairlead:ignore"
                                            + " ban-drop-column: REASON`",
                                    "ALTER TABLE users DROP COLUMN mail;",
                                    """
                                    -- fairlead:ignore ban-drop-column: unused since 2.4, copied to email in 0007
                                    ALTER TABLE users DROP COLUMN mail;
                                    """),
                            RemovalRules::droppedColumn),
                    Entry.statement(
                            new Rule(
                                    "ban-drop-table",
                                    ERROR,
                                    "The data is lost, and the code that runs now may still use the table.",
                                    "ACCESS EXCLUSIVE on the table and on those that refer to it, a moment",
                                    "release code without the table first, then drop it with `-- fairlead:ignore"
                                            + " ban-drop-table: REASON`",
                                    "DROP TABLE sessions;",
                                    """
                                    -- fairlead:ignore ban-drop-table: sessions live in Redis since 2.4
                                    DROP TABLE sessions;
                                    """),
                            RemovalRules::droppedTable),
                    Entry.statement(
                            new Rule(
                                    "ban-drop-database",
                                    ERROR,
                                    "A whole database is lost.",
                                    "the database",
                                    "by hand, by somebody who has looked twice",
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    DROP DATABASE IF EXISTS shop;
                                    """,
                                    "SELECT pg_notify('ops', 'shop may be dropped');"),
                            site -> dropped(site, "DATABASE", ERROR)),
                    Entry.statement(
                            new Rule(
                                    "ban-drop-schema",
                                    ERROR,
                                    "All tables of a schema are lost.",
                                    "ACCESS EXCLUSIVE on everything in it",
                                    "drop the tables one by one, each with its reason",
                                    "DROP SCHEMA billing CASCADE;",
                                    """
                                    -- fairlead:ignore ban-drop-table: moved to the billing service in 3.0
                                    DROP TABLE billing.invoices;
                                    """),
                            site -> dropped(site, "SCHEMA", ERROR)),
                    Entry.statement(
                            new Rule(
                                    "ban-drop-view",
                                    WARNING,
                                    "The code that runs now may still read the view.",
                                    "ACCESS EXCLUSIVE on the view, a moment",
                                    "CREATE OR REPLACE VIEW keeps it; a view that is made again in the same migration is not"
                                            + " reported",
                                    "DROP VIEW active_users;",
                                    """
                                    DROP VIEW active_users;
                                    CREATE VIEW active_users AS SELECT 1 AS id;
                                    """),
                            site ->
                                    concat(
                                            dropped(site, "VIEW", WARNING),
                                            dropped(site, "MATERIALIZED VIEW", WARNING))),
                    Entry.statement(
                            new Rule(
                                    "ban-drop-function",
                                    WARNING,
                                    "Code, triggers and defaults may still call the function.",
                                    Rule.NO_LOCK,
                                    "CREATE OR REPLACE FUNCTION keeps it; one that is made again in the same migration is not"
                                            + " reported",
                                    "DROP FUNCTION total(bigint);",
                                    "CREATE OR REPLACE FUNCTION total(bigint) RETURNS bigint LANGUAGE sql AS 'SELECT $1';"),
                            site ->
                                    concat(
                                            dropped(site, "FUNCTION", WARNING),
                                            dropped(site, "PROCEDURE", WARNING))),
                    Entry.statement(
                            new Rule(
                                    "ban-drop-type",
                                    WARNING,
                                    "The code that runs now may still name the type in a cast.",
                                    Rule.NO_LOCK,
                                    "drop it one release after the last column of it",
                                    "DROP TYPE mood;",
                                    """
                                    -- fairlead:ignore ban-drop-type: no column has it since 0007
                                    DROP TYPE mood;
                                    """),
                            site -> dropped(site, "TYPE", WARNING)),
                    Entry.statement(
                            new Rule(
                                    "ban-drop-cascade",
                                    WARNING,
                                    "CASCADE drops what nobody has named: views, constraints, defaults that depend on it.",
                                    "ACCESS EXCLUSIVE on everything that goes with it",
                                    "name everything that is dropped; RESTRICT, the default, tells what is missing",
                                    """
                                    -- fairlead:ignore ban-drop-table: gone since 2.4
                                    DROP TABLE users CASCADE;
                                    """,
                                    """
                                    -- fairlead:ignore ban-drop-table: gone since 2.4
                                    DROP TABLE users;
                                    """),
                            RemovalRules::cascade),
                    Entry.statement(
                            new Rule(
                                    "ban-truncate",
                                    ERROR,
                                    "All rows are lost.",
                                    "ACCESS EXCLUSIVE on the table, a moment",
                                    "DELETE with a WHERE in batches, or say why with an ignore comment",
                                    "TRUNCATE sessions;",
                                    """
                                    CREATE TABLE imported (id bigint);
                                    TRUNCATE imported;
                                    """),
                            RemovalRules::truncated),
                    Entry.statement(
                            new Rule(
                                    "ban-truncate-cascade",
                                    ERROR,
                                    "All rows are lost, also those of every table that refers to it, and so on.",
                                    "ACCESS EXCLUSIVE on all of those tables",
                                    "TRUNCATE the tables by name",
                                    "TRUNCATE users CASCADE;",
                                    """
                                    -- fairlead:ignore ban-truncate: derived data, filled again by the next step
                                    TRUNCATE totals;
                                    """),
                            RemovalRules::truncatedWithOthers),
                    Entry.statement(
                            new Rule(
                                    "ban-revoke",
                                    WARNING,
                                    "The running code may need the right that is taken.",
                                    Rule.NO_LOCK,
                                    "release code that does without it first",
                                    "REVOKE SELECT ON users FROM app;",
                                    """
                                    CREATE TABLE secrets (id bigint);
                                    REVOKE ALL ON secrets FROM PUBLIC;
                                    """),
                            RemovalRules::revoked));

    private static List<Found> concat(List<Found> one, List<Found> other) {
        return java.util.stream.Stream.concat(one.stream(), other.stream()).toList();
    }

    private static List<Found> renamedColumn(Site site) {
        return site.each(
                Effect.RenameColumn.class,
                rename ->
                        Site.when(
                                site.stands(rename.table()),
                                () ->
                                        Found.of(
                                                "code that uses %s.%s fails at once: the column is called %s now"
                                                        .formatted(
                                                                rename.table(),
                                                                rename.column(),
                                                                rename.to()),
                                                "add a column %s, write both, backfill, read the new one, then drop %s"
                                                        .formatted(rename.to(), rename.column()))));
    }

    private static List<Found> renamedTable(Site site) {
        return site.each(
                Effect.RenameTable.class,
                rename ->
                        Site.when(
                                site.stands(rename.table())
                                        && !site.remade().contains(rename.table().name()),
                                () ->
                                        Found.of(
                                                "code that uses %s fails at once: the table is called %s now"
                                                        .formatted(rename.table(), rename.to()),
                                                "CREATE VIEW %s AS SELECT * FROM %s in the same transaction, and drop it when nobody uses it"
                                                        .formatted(rename.table(), rename.to()))));
    }

    private static List<Found> droppedColumn(Site site) {
        return site.each(
                Effect.DropColumn.class,
                drop ->
                        Site.when(
                                site.stands(drop.table()),
                                () ->
                                        Found.of(
                                                        "the data of %s.%s is lost, and code that names it fails"
                                                                .formatted(
                                                                        drop.table(),
                                                                        drop.column()),
                                                        "release code without it first; then say so: `-- fairlead:ignore ban-drop-column: REASON`")
                                                .losing(drop.table())));
    }

    private static List<Found> droppedTable(Site site) {
        return site.each(
                Effect.DropTable.class,
                drop ->
                        Site.when(
                                site.stands(drop.table()),
                                () ->
                                        Found.of(
                                                        "the data of %s is lost, and code that uses it fails"
                                                                .formatted(drop.table()),
                                                        "release code without it first; then say so: `-- fairlead:ignore ban-drop-table: REASON`")
                                                .losing(drop.table())));
    }

    private static List<Found> dropped(
            Site site, String what, dev.fairlead.diagnostic.Severity severity) {
        return site.each(
                Effect.Drop.class,
                drop ->
                        Site.when(
                                drop.what().equals(what)
                                        && !site.known().hasMade(drop.name())
                                        && !site.remade().contains(drop.name().name()),
                                () ->
                                        Found.of(
                                                        "%s %s is gone for everybody who uses it"
                                                                .formatted(
                                                                        what.toLowerCase(
                                                                                Locale.ROOT),
                                                                        drop.name()),
                                                        "release code without it first; then say so with an ignore comment")
                                                .as(severity)));
    }

    private static List<Found> cascade(Site site) {
        boolean drops = site.starts("drop");
        boolean ofOthers =
                Optional.of(site.tokens().getLast()).map(token -> token.is("cascade")).orElse(false)
                        && site.effects(Effect.DropTable.class)
                                .allMatch(drop -> site.stands(drop.table()))
                        && site.effects(Effect.Drop.class)
                                .noneMatch(drop -> site.known().hasMade(drop.name()));
        return Site.when(
                drops && ofOthers,
                () ->
                        Found.of(
                                "CASCADE drops whatever depends on it, without naming it",
                                "name everything that goes; without CASCADE the server lists it"));
    }

    private static List<Found> truncated(Site site) {
        return site.each(
                Effect.Truncate.class,
                truncate ->
                        Site.when(
                                site.stands(truncate.table())
                                        && !site.tokens().getLast().is("cascade"),
                                () ->
                                        Found.of(
                                                        "all rows of %s are lost"
                                                                .formatted(truncate.table()),
                                                        "DELETE with a WHERE in batches, or say why: `-- fairlead:ignore ban-truncate: REASON`")
                                                .losing(truncate.table())));
    }

    private static List<Found> truncatedWithOthers(Site site) {
        return site.each(
                Effect.Truncate.class,
                truncate ->
                        Site.when(
                                site.tokens().getLast().is("cascade")
                                        && site.stands(truncate.table()),
                                () ->
                                        Found.of(
                                                "all rows of %s are lost, and those of every table that refers to it"
                                                        .formatted(truncate.table()),
                                                "TRUNCATE the tables by name")));
    }

    private static List<Found> revoked(Site site) {
        var last = site.tokens().getLast();
        boolean own =
                site.tokens().stream()
                        .filter(Words::isName)
                        .anyMatch(token -> site.known().hasMadeNamed(token.value()));
        return Site.when(
                site.starts("revoke") && !own && !last.is("public"),
                () ->
                        Found.of(
                                "running code may need the right that is taken from %s"
                                        .formatted(last.value()),
                                "release code that does without it first"));
    }
}
