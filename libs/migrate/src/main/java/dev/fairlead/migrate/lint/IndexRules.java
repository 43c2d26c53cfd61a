package dev.fairlead.migrate.lint;

import static dev.fairlead.diagnostic.Severity.ERROR;
import static dev.fairlead.diagnostic.Severity.WARNING;

import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.ObjectName;
import java.util.List;
import java.util.Optional;

/// Indexes of tables that others write to.
final class IndexRules {
    private static final String ALONE =
            "in a migration of its own that runs outside a transaction (goose: `-- +goose NO TRANSACTION`, spec:"
                    + " `transactional: false`)";

    private IndexRules() {}

    static final List<Entry> ALL =
            List.of(
                    Entry.statement(
                            new Rule(
                                    "require-concurrent-index-creation",
                                    ERROR,
                                    "A plain CREATE INDEX lets nobody write to the table until the index is built.",
                                    "SHARE on the table (reads go on, writes wait), as long as the build reads and sorts"
                                            + " all rows",
                                    "CREATE INDEX CONCURRENTLY, " + ALONE,
                                    "CREATE INDEX orders_customer ON orders (customer_id);",
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer ON orders (customer_id);
                                    """),
                            IndexRules::creation),
                    Entry.statement(
                            new Rule(
                                    "require-concurrent-index-deletion",
                                    WARNING,
                                    "A plain DROP INDEX waits for every query on the table, and all others wait behind it.",
                                    "ACCESS EXCLUSIVE on the index and its table: a moment, once the running queries have"
                                            + " ended",
                                    "DROP INDEX CONCURRENTLY, " + ALONE,
                                    "DROP INDEX orders_customer;",
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    DROP INDEX CONCURRENTLY IF EXISTS orders_customer;
                                    """),
                            IndexRules::deletion),
                    Entry.statement(
                            new Rule(
                                    "require-concurrent-reindex",
                                    ERROR,
                                    "A plain REINDEX lets nobody write to the table, and readers that would use the index"
                                            + " wait as well.",
                                    "SHARE on the table and ACCESS EXCLUSIVE on the index, as long as the build takes",
                                    "REINDEX INDEX CONCURRENTLY, " + ALONE,
                                    "REINDEX TABLE orders;",
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    REINDEX TABLE CONCURRENTLY orders;
                                    """),
                            IndexRules::reindex),
                    Entry.statement(
                            new Rule(
                                    "ban-concurrent-index-creation-in-transaction",
                                    ERROR,
                                    "The server refuses CREATE INDEX CONCURRENTLY inside a transaction. Where the transaction is the step's own it is a"
                                            + " warning: the step is split there, and is no longer undone as a whole.",
                                    Rule.NO_LOCK + ": the statement fails",
                                    "move it " + ALONE,
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    BEGIN;
                                    CREATE INDEX CONCURRENTLY orders_customer ON orders (customer_id);
                                    COMMIT;
                                    """,
                                    """
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_customer ON orders (customer_id);
                                    """),
                            IndexRules::concurrentlyInTransaction),
                    Entry.statement(
                            new Rule(
                                    "ban-concurrent-index-on-partitioned-table",
                                    ERROR,
                                    "The server refuses CREATE INDEX CONCURRENTLY on a partitioned table.",
                                    Rule.NO_LOCK + ": the statement fails",
                                    "CREATE INDEX ON ONLY the parent, CREATE INDEX CONCURRENTLY on each partition, then"
                                            + " ALTER INDEX … ATTACH PARTITION",
                                    """
                                    CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at);
                                    -- the next migration
                                    -- +goose NO TRANSACTION
                                    -- +goose Up
                                    CREATE INDEX CONCURRENTLY IF NOT EXISTS events_at ON events (at);
                                    """,
                                    """
                                    CREATE TABLE events (at timestamptz NOT NULL) PARTITION BY RANGE (at);
                                    CREATE INDEX events_at ON events (at);
                                    """),
                            IndexRules::partitioned));

    private static List<Found> creation(Site site) {
        return site.each(
                Effect.CreateIndex.class,
                index ->
                        Site.when(
                                !index.concurrently()
                                        && site.stands(index.table())
                                        && !onOnly(site),
                                () ->
                                        Found.of(
                                                        "nobody can write to %s while index %s is built"
                                                                .formatted(
                                                                        index.table(),
                                                                        name(index.name())),
                                                        "write CREATE %sINDEX CONCURRENTLY, %s"
                                                                .formatted(
                                                                        index.unique()
                                                                                ? "UNIQUE "
                                                                                : "",
                                                                        ALONE))
                                                .growingWith(index.table())));
    }

    /// `ON ONLY parent` builds nothing.
    private static boolean onOnly(Site site) {
        return site.has("on", "only");
    }

    private static String name(Optional<ObjectName> index) {
        return index.map(ObjectName::name).orElse("(without a name)");
    }

    private static List<Found> deletion(Site site) {
        return site.each(
                Effect.DropIndex.class,
                index ->
                        Site.when(
                                !index.concurrently()
                                        && site.known()
                                                .tableOf(index.index())
                                                .map(site::stands)
                                                .orElse(true),
                                () ->
                                        Found.of(
                                                "dropping index %s waits for every query on its table, and all others wait behind it"
                                                        .formatted(index.index()),
                                                "write DROP INDEX CONCURRENTLY, " + ALONE)));
    }

    private static List<Found> reindex(Site site) {
        return site.each(
                Effect.Reindex.class,
                reindex -> {
                    boolean table = reindex.what().equals("TABLE");
                    boolean harmless = table && !site.stands(reindex.name());
                    return Site.when(
                            !reindex.concurrently() && !harmless,
                            () -> {
                                var found =
                                        Found.of(
                                                "REINDEX %s %s lets nobody write until it is done"
                                                        .formatted(reindex.what(), reindex.name()),
                                                "write REINDEX %s CONCURRENTLY, %s"
                                                        .formatted(reindex.what(), ALONE));
                                return table ? found.growingWith(reindex.name()) : found;
                            });
                });
    }

    private static List<Found> concurrentlyInTransaction(Site site) {
        return site.each(
                Effect.CreateIndex.class,
                index ->
                        Site.when(
                                index.concurrently() && site.transaction().shared(),
                                () ->
                                        Found.of(
                                                        "CREATE INDEX CONCURRENTLY cannot run inside a transaction: "
                                                                + site.refused(),
                                                        "move it " + ALONE)
                                                .as(site.refusal())));
    }

    private static List<Found> partitioned(Site site) {
        return site.each(
                Effect.CreateIndex.class,
                index ->
                        Site.when(
                                index.concurrently() && site.known().isPartitioned(index.table()),
                                () ->
                                        Found.of(
                                                "%s is partitioned: CREATE INDEX CONCURRENTLY is refused there"
                                                        .formatted(index.table()),
                                                "CREATE INDEX ON ONLY %s, build one CONCURRENTLY on each partition, then ALTER INDEX … ATTACH PARTITION"
                                                        .formatted(index.table()))));
    }
}
