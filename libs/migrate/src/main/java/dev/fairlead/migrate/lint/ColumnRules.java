package dev.fairlead.migrate.lint;

import static dev.fairlead.diagnostic.Severity.ERROR;
import static dev.fairlead.diagnostic.Severity.WARNING;

import dev.fairlead.migrate.sql.Effect;
import java.util.List;

/// Columns of tables that hold data.
final class ColumnRules {
    private ColumnRules() {}

    static final List<Entry> ALL =
            List.of(
                    Entry.statement(
                            new Rule(
                                    "adding-required-field",
                                    ERROR,
                                    "A new NOT NULL column without a default fails on a table with rows, and the code that runs"
                                            + " now does not write it.",
                                    Rule.NO_LOCK
                                            + ": the statement fails, or every INSERT of the running code does",
                                    "add it nullable or with a constant default; make it NOT NULL in a later release",
                                    "ALTER TABLE users ADD COLUMN country text NOT NULL;",
                                    "ALTER TABLE users ADD COLUMN country text NOT NULL DEFAULT 'unknown';"),
                            ColumnRules::required),
                    Entry.statement(
                            new Rule(
                                    "adding-not-nullable-field",
                                    ERROR,
                                    "SET NOT NULL looks at every row while nobody can read or write the table.",
                                    "ACCESS EXCLUSIVE on the table, as long as all rows are read",
                                    "ADD CHECK (column IS NOT NULL) NOT VALID, VALIDATE CONSTRAINT in the next migration, then"
                                            + " SET NOT NULL, which then looks at no row, and drop the CHECK",
                                    "ALTER TABLE users ALTER COLUMN country SET NOT NULL;",
                                    """
                                    ALTER TABLE users ADD CONSTRAINT country_known CHECK (country IS NOT NULL) NOT VALID;
                                    -- the next migration
                                    ALTER TABLE users VALIDATE CONSTRAINT country_known;
                                    -- the next migration
                                    ALTER TABLE users ALTER COLUMN country SET NOT NULL;
                                    ALTER TABLE users DROP CONSTRAINT country_known;
                                    """),
                            ColumnRules::setNotNull),
                    Entry.statement(
                            new Rule(
                                    "adding-field-with-default",
                                    ERROR,
                                    "A column with a volatile default (random(), clock_timestamp(), a sequence) or a stored"
                                            + " generated column writes every row anew. A constant default, or now(), does not.",
                                    "ACCESS EXCLUSIVE on the table, as long as the whole table and its indexes are written",
                                    "add the column without the default, set the default in a second statement, fill old rows"
                                            + " by a backfill",
                                    "ALTER TABLE users ADD COLUMN token uuid DEFAULT gen_random_uuid();",
                                    """
                                    ALTER TABLE users ADD COLUMN token uuid;
                                    ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();
                                    """),
                            ColumnRules::volatileDefault),
                    Entry.statement(
                            new Rule(
                                    "adding-serial-primary-key-field",
                                    ERROR,
                                    "A new serial or identity column, or a new primary key, writes every row anew and builds an"
                                            + " index.",
                                    "ACCESS EXCLUSIVE on the table, as long as the whole table and its indexes are written",
                                    "add a bigint column, fill it by a backfill, CREATE UNIQUE INDEX CONCURRENTLY, then ADD"
                                            + " PRIMARY KEY USING INDEX",
                                    "ALTER TABLE logs ADD COLUMN id bigserial PRIMARY KEY;",
                                    "CREATE TABLE logs (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY);"),
                            ColumnRules::serial),
                    Entry.statement(
                            new Rule(
                                    "changing-column-type",
                                    ERROR,
                                    "Another type writes every row and index anew, and the running code may not know it. A type"
                                            + " that only grows (varchar(20) to varchar(50) or text) is harmless.",
                                    "ACCESS EXCLUSIVE on the table, as long as the whole table and its indexes are written",
                                    "add a column of the new type, write both, fill it by a backfill, read the new one, then drop"
                                            + " the old one",
                                    "ALTER TABLE orders ALTER COLUMN total TYPE bigint;",
                                    "ALTER TABLE orders ADD COLUMN total_cents bigint;"),
                            ColumnRules::type),
                    Entry.statement(
                            new Rule(
                                    "ban-drop-not-null",
                                    WARNING,
                                    "Code that reads the column does not expect NULL.",
                                    "ACCESS EXCLUSIVE on the table, a moment",
                                    "release code that bears NULL first",
                                    "ALTER TABLE users ALTER COLUMN email DROP NOT NULL;",
                                    """
                                    -- fairlead:ignore ban-drop-not-null: all readers bear NULL since 2.4
                                    ALTER TABLE users ALTER COLUMN email DROP NOT NULL;
                                    """),
                            ColumnRules::dropNotNull));

    private static List<Found> required(Site site) {
        return site.each(
                Effect.AddColumn.class,
                add ->
                        Site.when(
                                add.notNull()
                                        && !add.hasDefault()
                                        && !filledByItself(site, add)
                                        && site.stands(add.table()),
                                () ->
                                        Found.of(
                                                        "column %s of %s is NOT NULL without a default: this fails when the table has a row, and the running code does not write it"
                                                                .formatted(
                                                                        add.column(), add.table()),
                                                        "give it a constant DEFAULT, or add it nullable and SET NOT NULL in a later release")
                                                .losing(add.table())));
    }

    private static boolean filledByItself(Site site, Effect.AddColumn add) {
        return ColumnType.of(add.type()).isSerial() || isGenerated(site, add, "stored", "identity");
    }

    private static boolean isGenerated(Site site, Effect.AddColumn add, String... how) {
        return TableColumns.added(site.tokens()).stream()
                .filter(column -> column.name().value().equals(add.column()))
                .anyMatch(column ->
                        Words.find(column.rest(), 0, "generated") >= 0
                                && List.of(how).stream()
                                        .anyMatch(word -> Words.find(column.rest(), 0, word) >= 0));
    }

    private static List<Found> setNotNull(Site site) {
        return site.each(
                Effect.SetNotNull.class,
                set ->
                        Site.when(
                                site.stands(set.table())
                                        && !site.known().neverNull(set.table(), set.column()),
                                () ->
                                        Found.of(
                                                        "nobody can read or write %s while every row is looked at for NULL in %s"
                                                                .formatted(
                                                                        set.table(), set.column()),
                                                        "first ADD CHECK (%s IS NOT NULL) NOT VALID, then VALIDATE CONSTRAINT in the next migration, then SET NOT NULL"
                                                                .formatted(set.column()))
                                                .growingWith(set.table())));
    }

    private static List<Found> volatileDefault(Site site) {
        return site.each(
                Effect.AddColumn.class,
                add -> {
                    boolean generated = isGenerated(site, add, "stored");
                    boolean serial =
                            ColumnType.of(add.type()).isSerial()
                                    || isGenerated(site, add, "identity");
                    return Site.when(
                            (add.volatileDefault() || generated)
                                    && !serial
                                    && site.stands(add.table()),
                            () ->
                                    Found.of(
                                                    "nobody can read or write %s while every row is written anew with %s of column %s"
                                                            .formatted(
                                                                    add.table(),
                                                                    generated
                                                                            ? "the generated value"
                                                                            : "its own default",
                                                                    add.column()),
                                                    generated
                                                            ? "add a plain column, fill it by a trigger and a backfill"
                                                            : "add the column without the default, SET DEFAULT in a second statement, fill old rows by a backfill")
                                            .growingWith(add.table()));
                });
    }

    private static List<Found> serial(Site site) {
        return site.each(
                Effect.AddColumn.class,
                add ->
                        Site.when(
                                (ColumnType.of(add.type()).isSerial()
                                                || isGenerated(site, add, "identity"))
                                        && site.stands(add.table()),
                                () ->
                                        Found.of(
                                                        "nobody can read or write %s while every row is written anew with a number for %s"
                                                                .formatted(
                                                                        add.table(), add.column()),
                                                        "add a bigint column, fill it by a backfill, build a unique index CONCURRENTLY, then ADD PRIMARY KEY USING INDEX")
                                                .growingWith(add.table())));
    }

    private static List<Found> type(Site site) {
        return site.each(
                Effect.ChangeType.class,
                change -> {
                    var from = site.known().type(change.table(), change.column());
                    var to = ColumnType.of(change.type());
                    boolean harmless =
                            !change.using() && from.map(type -> type.widensTo(to)).orElse(false);
                    return Site.when(
                            site.stands(change.table()) && !harmless,
                            () ->
                                    Found.of(
                                                    "nobody can read or write %s while every row is written anew: %s becomes %s%s"
                                                            .formatted(
                                                                    change.table(),
                                                                    change.column(),
                                                                    to,
                                                                    from.map(type ->
                                                                                    ", was " + type)
                                                                            .orElse("")),
                                                    "add a column of the new type, write both, backfill, read the new one, drop the old one later")
                                            .growingWith(change.table()));
                });
    }

    private static List<Found> dropNotNull(Site site) {
        return site.each(
                Effect.DropNotNull.class,
                drop ->
                        Site.when(
                                site.stands(drop.table()),
                                () ->
                                        Found.of(
                                                "code that reads %s.%s does not expect NULL there"
                                                        .formatted(drop.table(), drop.column()),
                                                "release code that bears NULL first, and say so: `-- fairlead:ignore ban-drop-not-null: REASON`")));
    }
}
