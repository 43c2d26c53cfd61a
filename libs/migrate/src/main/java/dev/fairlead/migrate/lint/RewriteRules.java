package dev.fairlead.migrate.lint;

import static dev.fairlead.diagnostic.Severity.ERROR;
import static dev.fairlead.diagnostic.Severity.WARNING;

import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.LockMode;
import dev.fairlead.migrate.sql.ObjectName;
import java.util.List;
import java.util.Optional;

/// Whole tables that are locked or written anew.
final class RewriteRules {
    private static final String WHOLE =
            "ACCESS EXCLUSIVE on the table, as long as the whole table and its indexes are written";

    private RewriteRules() {}

    static final List<Entry> ALL =
            List.of(
                    Entry.statement(
                            new Rule(
                                    "prefer-repack",
                                    ERROR,
                                    "VACUUM FULL and CLUSTER write the whole table anew while nobody can read it.",
                                    WHOLE,
                                    "plain VACUUM; pg_repack where the space is really needed back",
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    VACUUM FULL orders;
                                    """,
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    VACUUM (ANALYZE) orders;
                                    """),
                            RewriteRules::repack),
                    Entry.statement(
                            new Rule(
                                    "rewriting-table",
                                    ERROR,
                                    "SET LOGGED, SET UNLOGGED, SET TABLESPACE, SET ACCESS METHOD and SET EXPRESSION write the"
                                            + " whole table anew.",
                                    WHOLE,
                                    "make a new table, copy in batches, swap the names; or a maintenance window",
                                    "ALTER TABLE orders SET UNLOGGED;",
                                    "CREATE UNLOGGED TABLE scratch (id bigint);"),
                            RewriteRules::rewrite),
                    Entry.statement(
                            new Rule(
                                    "ban-lock-table",
                                    ERROR,
                                    "LOCK TABLE without a mode takes the strongest one, and holds it to the transaction's end.",
                                    "the named mode, ACCESS EXCLUSIVE without one, until the transaction ends",
                                    "let each statement take the lock that it needs; the migrator already keeps others out",
                                    "LOCK TABLE orders;",
                                    "LOCK TABLE orders IN SHARE UPDATE EXCLUSIVE MODE;"),
                            RewriteRules::lockTable),
                    Entry.statement(
                            new Rule(
                                    "require-concurrent-partition-detach",
                                    WARNING,
                                    "A plain DETACH PARTITION waits for every query on the whole partitioned table, and all"
                                            + " others wait behind it.",
                                    "ACCESS EXCLUSIVE on the parent and the partition, a moment",
                                    "DETACH PARTITION … CONCURRENTLY, outside a transaction",
                                    "ALTER TABLE events DETACH PARTITION events_2020;",
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    ALTER TABLE events DETACH PARTITION events_2020 CONCURRENTLY;
                                    """),
                            RewriteRules::detach),
                    Entry.statement(
                            new Rule(
                                    "attaching-partition-without-check",
                                    WARNING,
                                    "ATTACH PARTITION reads every row of the partition, unless a valid CHECK already says what"
                                            + " its bounds say.",
                                    "ACCESS EXCLUSIVE on the partition and on the default partition, as long as their rows are"
                                            + " read; SHARE UPDATE EXCLUSIVE on the parent",
                                    "add a CHECK with the bounds NOT VALID, validate it in the next migration, then attach",
                                    "ALTER TABLE events ATTACH PARTITION old_events FOR VALUES FROM (1) TO (10);",
                                    "CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM (10) TO (20);"),
                            RewriteRules::attach),
                    Entry.statement(
                            new Rule(
                                    "require-concurrent-refresh",
                                    WARNING,
                                    "A plain REFRESH MATERIALIZED VIEW lets nobody read the view until its query is done.",
                                    "ACCESS EXCLUSIVE on the view, as long as its query runs",
                                    "REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index",
                                    "REFRESH MATERIALIZED VIEW totals;",
                                    "REFRESH MATERIALIZED VIEW CONCURRENTLY totals;"),
                            RewriteRules::refresh),
                    Entry.statement(
                            new Rule(
                                    "ban-disable-trigger",
                                    WARNING,
                                    "Without its triggers a table has neither foreign keys nor audit, for everybody, until they"
                                            + " are on again.",
                                    "SHARE ROW EXCLUSIVE on the table, a moment",
                                    "SET LOCAL session_replication_role is as dangerous; write the data so that the triggers bear"
                                            + " it",
                                    "ALTER TABLE orders DISABLE TRIGGER ALL;",
                                    "ALTER TABLE orders ENABLE TRIGGER audit;"),
                            RewriteRules::disableTrigger));

    private static List<Found> repack(Site site) {
        boolean vacuum = site.starts("vacuum") && site.has("full");
        boolean cluster = site.starts("cluster");
        if (!vacuum && !cluster) {
            return List.of();
        }
        var table = site.facts().locks().stream().map(Facts.Lock::table).findFirst();
        if (table.isPresent() && !site.stands(table.get())) {
            return List.of();
        }
        var found =
                Found.of(
                        "nobody can read or write %s while it is written anew"
                                .formatted(table.map(ObjectName::toString).orElse("any table")),
                        "use plain VACUUM, or pg_repack where the space is needed back");
        return List.of(table.map(found::growingWith).orElse(found));
    }

    private static List<Found> rewrite(Site site) {
        return site.each(
                Effect.AlterTable.class,
                alter ->
                        Site.when(
                                rewrites(site) && site.stands(alter.table()),
                                () ->
                                        Found.of(
                                                        "nobody can read or write %s while it is written anew: %s"
                                                                .formatted(
                                                                        alter.table(),
                                                                        alter.words()),
                                                        "make a new table, copy in batches and swap the names, or take a maintenance window")
                                                .growingWith(alter.table())));
    }

    private static boolean rewrites(Site site) {
        return site.has("set", "logged")
                || site.has("set", "unlogged")
                || site.has("set", "tablespace")
                || site.has("set", "access", "method")
                || site.has("set", "expression");
    }

    private static List<Found> lockTable(Site site) {
        return site.each(
                Effect.LockTable.class,
                lock -> {
                    Optional<ObjectName> table =
                            lock.tables().stream().filter(site::stands).findFirst();
                    return Site.when(
                            table.isPresent() && !lock.mode().letsWrite(),
                            () ->
                                    Found.of(
                                                    "%s stays locked in mode %s until the transaction ends"
                                                            .formatted(
                                                                    table.orElseThrow(),
                                                                    lock.mode()),
                                                    "let each statement take the lock that it needs")
                                            .as(
                                                    lock.mode() == LockMode.ACCESS_EXCLUSIVE
                                                            ? ERROR
                                                            : WARNING));
                });
    }

    private static List<Found> detach(Site site) {
        return site.each(
                Effect.DetachPartition.class,
                detach ->
                        Site.when(
                                !detach.concurrently() && site.stands(detach.table()),
                                () ->
                                        Found.of(
                                                "detaching %s waits for every query on %s, and all others wait behind it"
                                                        .formatted(
                                                                detach.partition(), detach.table()),
                                                "write DETACH PARTITION %s CONCURRENTLY, outside a transaction"
                                                        .formatted(detach.partition()))));
    }

    private static List<Found> attach(Site site) {
        return site.each(
                Effect.AttachPartition.class,
                attach ->
                        Site.when(
                                site.stands(attach.partition())
                                        && !site.known().hasCheck(attach.partition()),
                                () ->
                                        Found.of(
                                                        "nobody can read or write %s while every row is compared with the bounds"
                                                                .formatted(attach.partition()),
                                                        "add a CHECK with the bounds NOT VALID, VALIDATE it in the next migration, then attach")
                                                .growingWith(attach.partition())));
    }

    private static List<Found> refresh(Site site) {
        return Site.when(
                site.starts("refresh", "materialized", "view")
                        && !site.has("concurrently")
                        && !site.has("with", "no", "data"),
                () ->
                        Found.of(
                                "nobody can read the view until its query is done",
                                "write REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index on the view"));
    }

    private static List<Found> disableTrigger(Site site) {
        boolean disables =
                site.has("disable", "trigger")
                        || (site.starts("set") && site.has("session_replication_role"));
        return Site.when(
                disables
                        && site.effects(Effect.AlterTable.class)
                                .allMatch(alter -> site.stands(alter.table())),
                () ->
                        Found.of(
                                "triggers and foreign keys are off until somebody turns them on again",
                                "write the data so that the triggers bear it"));
    }
}
