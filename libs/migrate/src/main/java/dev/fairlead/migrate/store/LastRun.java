package dev.fairlead.migrate.store;

import dev.fairlead.document.Json;
import dev.fairlead.migrate.catalogue.Catalogue;
import dev.fairlead.migrate.catalogue.Snapshot;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a database was when the last run ended: which files it was complete for, and its schema.
///
/// @param schema as it was then
/// @param current whether nothing has run since; a run that was killed did not come to write it down
public record LastRun(Snapshot schema, String digest, Instant taken, boolean current) {
    private static final String THERE =
            """
            SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = 'fairlead' AND c.relname = 'migration_state'
                AND pg_catalog.has_table_privilege(c.oid, 'SELECT')
            """;

    /// Empty where no run has written one.
    public static Optional<LastRun> read(Session session) throws SQLException {
        if (session.value(THERE).isEmpty()) {
            return Optional.empty();
        }
        var rows =
                session.query(
                        "SELECT s.objects, s.digest, (extract(epoch FROM s.taken) * 1000000)::bigint,"
                                + " s.rows = m.rows FROM fairlead.migration_state s, fairlead.migration_head m");
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        var row = rows.getFirst();
        return Optional.of(
                new LastRun(
                        new Snapshot(objects(String.valueOf(row.get(0)))),
                        String.valueOf(row.get(1)),
                        HistoryReader.instant(row.get(2)).orElseThrow(),
                        "t".equals(row.get(3))));
    }

    private static SortedMap<String, SortedMap<String, String>> objects(String json) {
        var objects = new TreeMap<String, SortedMap<String, String>>();
        if (Json.read(json) instanceof Map<?, ?> all) {
            all.forEach((name, of) -> {
                var properties = new TreeMap<String, String>();
                if (of instanceof Map<?, ?> map) {
                    map.forEach((key, value) ->
                            properties.put(String.valueOf(key), String.valueOf(value)));
                }
                objects.put(String.valueOf(name), properties);
            });
        }
        return objects;
    }

    /// The schema as it is now; empty while somebody holds a table of it.
    public static Optional<Snapshot> schema(Session session) throws SQLException {
        try {
            return Optional.of(Catalogue.read(session.connection()));
        } catch (SQLException e) {
            if (SqlStates.lock(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// Reads the schema and writes it down, where anything has run since it was and the writer's turn still holds.
    /// While somebody holds a table it cannot be read, and the next run does it.
    public static void write(Session session, String fence) throws SQLException {
        session.reset();
        if (isCurrent(session)) {
            return;
        }
        var found = schema(session);
        if (found.isEmpty()) {
            return;
        }
        var schema = found.get();
        var there = session.value(THERE).isPresent();
        HistoryWriter.inTransaction(
                session,
                List.of(
                        fence,
                        there ? "SELECT 1" : HistoryWriter.resource("history-state.sql"),
                        "INSERT INTO fairlead.migration_state (rows, digest, objects, taken) SELECT m.rows, %s, %s, pg_catalog.clock_timestamp() FROM fairlead.migration_head m"
                                        .formatted(
                                                Literal.of(schema.digest()),
                                                Literal.of(Json.compact(schema.objects())))
                                + " ON CONFLICT (one) DO UPDATE SET rows = EXCLUDED.rows, files = NULL, digest = EXCLUDED.digest,"
                                + " objects = EXCLUDED.objects, taken = EXCLUDED.taken"));
    }

    private static boolean isCurrent(Session session) throws SQLException {
        return session.value(THERE).isPresent()
                && session.value(
                                "SELECT 1 FROM fairlead.migration_state s JOIN fairlead.migration_head m ON s.rows = m.rows")
                        .isPresent();
    }

    /// Notes that the database is complete for these files, where it is for the migrations in them.
    ///
    /// @param files their digest
    /// @param complete the digest of the migrations
    public static void complete(Session session, String files, String complete)
            throws SQLException {
        if (session.value(THERE).isPresent()) {
            session.query(
                    "UPDATE fairlead.migration_state s SET files = ? FROM fairlead.migration_head m"
                            + " WHERE s.rows = m.rows AND m.complete = ?",
                    files,
                    complete);
        }
    }
}
