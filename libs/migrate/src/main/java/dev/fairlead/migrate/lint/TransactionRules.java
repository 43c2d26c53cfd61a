package dev.fairlead.migrate.lint;

import static dev.fairlead.diagnostic.Severity.ERROR;
import static dev.fairlead.diagnostic.Severity.NOTE;
import static dev.fairlead.diagnostic.Severity.WARNING;

import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.Facts.InTransaction;
import dev.fairlead.migrate.sql.LockMode;
import dev.fairlead.migrate.sql.Token;
import java.util.List;
import java.util.Set;

/// What stands in a transaction, and what must not.
final class TransactionRules {
    private static final Set<String> TIMEOUTS =
            Set.of("lock_timeout", "statement_timeout", "transaction_timeout");

    private TransactionRules() {}

    static final List<Entry> ALL =
            List.of(
                    Entry.statement(
                            new Rule(
                                    "transaction-nesting",
                                    WARNING,
                                    "The step is a transaction already. A BEGIN or COMMIT of its own splits it: what ran before"
                                            + " is not rolled back with the rest. In goose the COMMIT also ends goose's own"
                                            + " transaction too early.",
                                    Rule.NO_LOCK,
                                    "leave out BEGIN and COMMIT, or let the step run outside a transaction",
                                    "BEGIN; CREATE TABLE a (id bigint); COMMIT;",
                                    "CREATE TABLE a (id bigint);"),
                            TransactionRules::nesting),
                    Entry.ofPass(
                            new Rule(
                                    "ban-uncommitted-transaction",
                                    ERROR,
                                    "The step begins a transaction and never ends it: everything in it is rolled back when the"
                                            + " connection closes.",
                                    "whatever it took, until the connection closes",
                                    "COMMIT at its end, or leave out the BEGIN",
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    BEGIN;
                                    CREATE TABLE a (id bigint);
                                    """,
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    BEGIN;
                                    CREATE TABLE a (id bigint);
                                    COMMIT;
                                    """)),
                    Entry.statement(
                            new Rule(
                                    "statement-refused-in-transaction",
                                    ERROR,
                                    "The server refuses this statement inside a transaction: VACUUM, CREATE DATABASE, REINDEX"
                                            + " CONCURRENTLY, DROP INDEX CONCURRENTLY, DETACH PARTITION CONCURRENTLY … Where the"
                                            + " transaction is the step's own it is a warning: the step is split there, and is"
                                            + " no longer undone as a whole.",
                                    Rule.NO_LOCK + ": the statement fails",
                                    "move it into a migration of its own that runs outside a transaction",
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    BEGIN;
                                    VACUUM orders;
                                    COMMIT;
                                    """,
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    VACUUM orders;
                                    """),
                            TransactionRules::refused),
                    Entry.statement(
                            new Rule(
                                    "commit-in-body",
                                    WARNING,
                                    "A CALL or DO whose body commits fails inside a transaction of the text's own; the step's own is"
                                            + " split there, and is no longer undone as a whole.",
                                    Rule.NO_LOCK,
                                    "run the step outside a transaction, or use a backfill",
                                    "DO $$ BEGIN DELETE FROM logs WHERE old; COMMIT; END $$;",
                                    "DO $$ BEGIN DELETE FROM logs WHERE old; END $$;"),
                            TransactionRules::commits),
                    Entry.statement(
                            new Rule(
                                    "enum-value-used-in-same-transaction",
                                    ERROR,
                                    "The server refuses to use an enum's value in the transaction that added it. Where the transaction is the step's own it is a"
                                            + " warning: the step is split there, and is no longer undone as a whole.",
                                    Rule.NO_LOCK + ": the statement fails",
                                    "add the value in one migration, use it in the next",
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    BEGIN;
                                    ALTER TYPE mood ADD VALUE IF NOT EXISTS 'calm';
                                    UPDATE people SET mood = 'calm'::mood WHERE mood IS NULL;
                                    COMMIT;
                                    """,
                                    """
                                    ALTER TYPE mood ADD VALUE 'calm';
                                    -- the next migration
                                    UPDATE people SET mood = 'calm'::mood WHERE mood IS NULL;
                                    """),
                            TransactionRules::enumValue),
                    Entry.statement(
                            new Rule(
                                    "prefer-robust-stmts",
                                    NOTE,
                                    "Outside a transaction a step that fails half-way has done its first half; without IF EXISTS"
                                            + " or IF NOT EXISTS its second run fails at what is there already. Fairlead knows"
                                            + " which statements are done and asks the catalogue about the one in between; other"
                                            + " tools that run the same files do not.",
                                    Rule.NO_LOCK,
                                    "write IF NOT EXISTS, IF EXISTS, OR REPLACE",
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    ALTER TABLE orders ADD COLUMN note text;
                                    """,
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text;
                                    """),
                            RobustStatements::look),
                    Entry.statement(
                            new Rule(
                                    "several-tables-locked",
                                    WARNING,
                                    "One transaction that locks several busy tables holds the first while it waits for the next:"
                                            + " code that takes them in another order deadlocks with it.",
                                    "ACCESS EXCLUSIVE on each table, until the transaction ends",
                                    "one migration for each table",
                                    """
                                    ALTER TABLE users ADD COLUMN note text;
                                    ALTER TABLE orders ADD COLUMN note text;
                                    """,
                                    """
                                    ALTER TABLE users ADD COLUMN note text;
                                    -- the next migration
                                    ALTER TABLE orders ADD COLUMN note text;
                                    """),
                            TransactionRules::several),
                    Entry.statement(
                            new Rule(
                                    "data-change-under-lock",
                                    WARNING,
                                    "Rows are changed while an ALTER of the same transaction keeps everybody out.",
                                    "ACCESS EXCLUSIVE on the altered table, until the rows are written",
                                    "change the data in a migration of its own, in batches",
                                    """
                                    ALTER TABLE users ADD COLUMN note text;
                                    UPDATE users SET note = name WHERE note IS NULL;
                                    """,
                                    """
                                    ALTER TABLE users ADD COLUMN note text;
                                    -- the next migration
                                    UPDATE users SET note = name WHERE note IS NULL;
                                    """),
                            TransactionRules::dataUnderLock),
                    Entry.statement(
                            new Rule(
                                    "ban-disabling-timeouts",
                                    WARNING,
                                    "With lock_timeout or statement_timeout 0 one slow query lets the migration, and everybody"
                                            + " behind it, wait without an end.",
                                    "whatever waits, without a deadline",
                                    "leave the timeouts to the migrator, or set a longer one: SET LOCAL statement_timeout ="
                                            + " '10min'",
                                    "SET LOCAL lock_timeout = 0;",
                                    "SET LOCAL statement_timeout = '10min';"),
                            TransactionRules::noTimeout),
                    Entry.statement(
                            new Rule(
                                    "setting-outlives-step",
                                    NOTE,
                                    "SET without LOCAL, and set_config(…, false) as pg_dump writes it, hold on the connection"
                                            + " until somebody resets them. Fairlead resets before every step; with other tools"
                                            + " the next file runs with another search_path.",
                                    Rule.NO_LOCK,
                                    "SET LOCAL, or names with their schema",
                                    "SELECT pg_catalog.set_config('search_path', '', false);",
                                    "SET LOCAL search_path = shop;"),
                            TransactionRules::setting));

    private static List<Found> nesting(Site site) {
        return Site.when(
                site.where().transactional()
                        && site.facts().inTransaction() == InTransaction.CONTROLS,
                () ->
                        Found.of(
                                "%s in a step that is a transaction already: the step is split here"
                                        .formatted(site.facts().command()),
                                "leave it out, or let the step run outside a transaction (goose: `-- +goose NO TRANSACTION`, spec: `transactional: false`)"));
    }

    private static List<Found> refused(Site site) {
        boolean index =
                site.effects(Effect.CreateIndex.class).anyMatch(Effect.CreateIndex::concurrently);
        return Site.when(
                site.transaction().shared()
                        && !index
                        && site.facts().inTransaction() == InTransaction.REFUSED,
                () ->
                        Found.of(
                                        "%s cannot run inside a transaction: %s"
                                                .formatted(site.facts().command(), site.refused()),
                                        "move it into a migration of its own with `-- +goose NO TRANSACTION` (goose) or `transactional: false` (spec)")
                                .as(site.refusal()));
    }

    private static List<Found> commits(Site site) {
        return Site.when(
                site.transaction().shared()
                        && site.facts().inTransaction() == InTransaction.MAY_COMMIT
                        && (site.starts("do") || site.has("commit")),
                () ->
                        Found.of(
                                "the body of %s commits: %s"
                                        .formatted(site.facts().command(), site.refused()),
                                "let the step run outside a transaction, or use a backfill"));
    }

    private static List<Found> enumValue(Site site) {
        var added = site.transaction().enumValues();
        for (var token : site.tokens()) {
            if (token.kind() != Token.Kind.STRING) {
                continue;
            }
            var type = added.get(token.value());
            if (type != null && site.effects(Effect.AddEnumValue.class).findAny().isEmpty()) {
                boolean named =
                        site.tokens().stream()
                                .anyMatch(other ->
                                        Words.isName(other) && other.value().equals(type.name()));
                return List.of(
                        Found.of(
                                        named
                                                ? "'%s' was added to %s in this transaction and cannot be used yet: %s"
                                                        .formatted(
                                                                token.value(), type, site.refused())
                                                : "'%s' was added to %s in this transaction; if this is a value of it, the server refuses it"
                                                        .formatted(token.value(), type),
                                        "add the value in one migration, use it in the next")
                                .as(named ? site.refusal() : WARNING)
                                .at(site.facts().statement().source().at(token.start())));
            }
        }
        return List.of();
    }

    private static List<Found> several(Site site) {
        if (!site.transaction().shared()) {
            return List.of();
        }
        var held = site.transaction().locks();
        var before =
                held.entrySet().stream()
                        .filter(entry -> entry.getValue() == LockMode.ACCESS_EXCLUSIVE)
                        .map(java.util.Map.Entry::getKey)
                        .toList();
        return site.facts().locks().stream()
                .filter(lock ->
                        lock.mode() == LockMode.ACCESS_EXCLUSIVE && site.stands(lock.table()))
                .filter(lock ->
                        before.size() == 1 && !before.contains(site.known().key(lock.table())))
                .findFirst()
                .map(lock ->
                        List.of(
                                Found.of(
                                        "%s stays locked while the transaction waits for %s"
                                                .formatted(shown(before.getFirst()), lock.table()),
                                        "one migration for each table")))
                .orElse(List.of());
    }

    private static String shown(String key) {
        return key.startsWith("public.") ? key.substring("public.".length()) : key;
    }

    private static List<Found> dataUnderLock(Site site) {
        return site.each(
                Effect.WriteRows.class,
                write ->
                        Site.when(
                                !write.command().equals("INSERT")
                                        && site.transaction()
                                                        .locks()
                                                        .get(site.known().key(write.table()))
                                                == LockMode.ACCESS_EXCLUSIVE,
                                () ->
                                        Found.of(
                                                        "nobody can read or write %s until this %s is done: the ALTER before it keeps its lock"
                                                                .formatted(
                                                                        write.table(),
                                                                        write.command()),
                                                        "change the data in a migration of its own")
                                                .growingWith(write.table())));
    }

    private static List<Found> noTimeout(Site site) {
        return site.each(
                Effect.Setting.class,
                setting ->
                        Site.when(
                                TIMEOUTS.contains(setting.name()) && isZero(site.tokens()),
                                () ->
                                        Found.of(
                                                "%s is switched off: whoever waits here waits without an end"
                                                        .formatted(setting.name()),
                                                "leave it to the migrator, or set a longer one, such as '10min'")));
    }

    private static boolean isZero(List<Token> tokens) {
        return tokens.getLast().value().matches("0\\s*(ms|s|min)?");
    }

    private static List<Found> setting(Site site) {
        boolean dump =
                site.has("set_config", "(") && (site.has("false", ")") || site.has("'f'", ")"));
        boolean session =
                site.effects(Effect.Setting.class)
                        .anyMatch(
                                setting -> !setting.local() && !TIMEOUTS.contains(setting.name()));
        return Site.when(
                dump || (session && site.starts("set")),
                () ->
                        Found.of(
                                "the setting holds on the connection until somebody resets it, as other tools do not",
                                "write SET LOCAL, or names with their schema"));
    }
}
