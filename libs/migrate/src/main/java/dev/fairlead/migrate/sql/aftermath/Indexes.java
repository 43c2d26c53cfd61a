package dev.fairlead.migrate.sql.aftermath;

import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.ObjectName;
import java.util.Optional;

/// Indexes: what CONCURRENTLY leaves behind when it is interrupted is an invalid index.
final class Indexes {
    private Indexes() {}

    /// A table's index by name, with whether somebody builds it just now. Nothing can be asked about one whose name the
    /// server chose.
    static Optional<Aftermath> created(Effect.CreateIndex index) {
        return index.name()
                .map(name ->
                        new Aftermath(
                                """
                                SELECT found.state, CASE WHEN found.state = 'HALF' THEN found.todo END AS todo
                                  FROM (SELECT CASE WHEN i.indexrelid IS NULL THEN 'MISSING'
                                                    WHEN i.indisvalid THEN 'DONE'
                                                    WHEN EXISTS (SELECT FROM pg_stat_progress_create_index p
                                                                  WHERE p.datname = current_database()
                                                                    AND p.index_relid = i.indexrelid) THEN 'BUSY'
                                                    ELSE 'HALF' END AS state,
                                               format('DROP INDEX CONCURRENTLY IF EXISTS %%I.%%I', n.nspname, c.relname) AS todo
                                          FROM (VALUES (1)) AS one
                                          LEFT JOIN (pg_index i JOIN pg_class c ON c.oid = i.indexrelid AND c.relname = %s
                                                                JOIN pg_namespace n ON n.oid = c.relnamespace)
                                            ON i.indrelid = %s) AS found\
                                """
                                        .formatted(
                                                Literals.text(name.name()),
                                                Literals.relation(index.table())),
                                "is index %s on %s there, and valid?"
                                        .formatted(name, index.table())));
    }

    static Aftermath dropped(Effect.DropIndex index) {
        return Aftermath.when(
                Literals.relation(index.index()) + " IS NULL",
                "is index %s gone?".formatted(index.index()));
    }

    /// A rebuild may run once more; only what an interrupted one left has to go first.
    static Optional<Aftermath> rebuilt(Effect.Reindex reindex) {
        if (!reindex.concurrently()) {
            return Optional.empty();
        }
        return Optional.of(
                new Aftermath(
                        """
                        SELECT CASE WHEN left_over.todo IS NULL THEN 'MISSING'
                                    WHEN left_over.busy THEN 'BUSY' ELSE 'HALF' END AS state,
                               CASE WHEN NOT left_over.busy THEN left_over.todo END AS todo
                          FROM (VALUES (1)) AS one
                          LEFT JOIN (SELECT format('DROP INDEX CONCURRENTLY IF EXISTS %%I.%%I', n.nspname, c.relname) AS todo,
                                            EXISTS (SELECT FROM pg_stat_progress_create_index p
                                                     WHERE p.datname = current_database() AND p.relid = i.indrelid) AS busy
                                       FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                                       JOIN pg_namespace n ON n.oid = c.relnamespace
                                      WHERE NOT i.indisvalid AND c.relname ~ '_cc(new|old)[0-9]*$'
                                        AND n.nspname !~ '^pg_toast' AND %s
                                      ORDER BY c.oid LIMIT 1) AS left_over ON true\
                        """
                                .formatted(scope(reindex.what(), reindex.name())),
                        "is an invalid index of an interrupted REINDEX %s CONCURRENTLY %s left?"
                                .formatted(reindex.what(), reindex.name())));
    }

    private static String scope(String what, ObjectName name) {
        return switch (what) {
            case "TABLE" -> "i.indrelid = " + Literals.relation(name);
            case "INDEX" ->
                    "i.indrelid = (SELECT indrelid FROM pg_index WHERE indexrelid = "
                            + Literals.relation(name)
                            + ")";
            case "SCHEMA" -> "n.nspname = " + Literals.text(name.name());
            default -> "true";
        };
    }
}
