package dev.fairlead.migrate.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Walks the chain of a history, in the database.
public final class Verifier {
    private static final int MOST_TOLD = 20;

    private static final String BROKEN =
            """
            WITH links AS (
                SELECT h.id, h.hash = fairlead.migration_row_hash(h) AS own,
                    h.previous = lag(h.hash, 1, '') OVER (ORDER BY h.id) AS linked,
                    h.id - lag(h.id, 1, 0::bigint) OVER (ORDER BY h.id) AS gap
                FROM fairlead.migration_history h)
            SELECT id, own, linked, gap FROM links WHERE NOT own OR NOT linked OR gap <> 1 ORDER BY id
            """;
    private static final String END =
            """
            SELECT m.rows, m.hash, (SELECT count(*) FROM fairlead.migration_history),
                coalesce((SELECT h.hash FROM fairlead.migration_history h ORDER BY id DESC LIMIT 1), '')
            FROM fairlead.migration_head m
            """;

    private Verifier() {}

    /// @param session of a database that has a history
    public static Verification verify(Session session) throws SQLException {
        session.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        try {
            var broken = new ArrayList<String>();
            for (var row : session.query(BROKEN)) {
                if (broken.size() < MOST_TOLD) {
                    broken.add(sentence(row));
                }
            }
            var end = session.query(END).getFirst();
            var head = Long.parseLong(String.valueOf(end.get(0)));
            var there = Long.parseLong(String.valueOf(end.get(2)));
            if (head != there) {
                broken.add("the head counts %d rows, there are %d".formatted(head, there));
            } else if (!String.valueOf(end.get(1)).equals(end.get(3))) {
                broken.add("the last row is not the one that the head names");
            }
            return new Verification(there, String.valueOf(end.get(1)), broken);
        } finally {
            if (session.isOpen()) {
                session.execute("ROLLBACK");
            }
        }
    }

    private static String sentence(List<@org.jspecify.annotations.Nullable String> row) {
        if (!"t".equals(row.get(1))) {
            return "row %s was changed".formatted(row.get(0));
        }
        return "1".equals(row.get(3))
                ? "row %s does not follow the row before it: one of them was put in or replaced"
                        .formatted(row.get(0))
                : "rows before row %s were removed".formatted(row.get(0));
    }

    /// Makes the rows as they are the valid ones.
    public static String rechain() {
        return """
        DO $$
        DECLARE
            h fairlead.migration_history;
            before text := '';
            place bigint := 0;
        BEGIN
            FOR h IN SELECT * FROM fairlead.migration_history ORDER BY id LOOP
                place := place + 1;
                UPDATE fairlead.migration_history SET previous = before, id = place WHERE id = h.id;
                UPDATE fairlead.migration_history r SET hash = fairlead.migration_row_hash(r) WHERE id = place
                    RETURNING hash INTO before;
            END LOOP;
            UPDATE fairlead.migration_head SET rows = place, hash = before, complete = NULL;
        END
        $$
        """;
    }
}
