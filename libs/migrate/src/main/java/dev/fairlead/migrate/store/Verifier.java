package dev.fairlead.migrate.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
            SELECT l.id, own, linked, gap, h.key || '@' || h.version || ', step ' || h.step + 1 || ' ' || direction
                    || ', by ' || who, l.id > m.rows
                FROM links l JOIN fairlead.migration_history h ON h.id = l.id CROSS JOIN fairlead.migration_head m
                WHERE NOT own OR NOT linked OR gap <> 1 ORDER BY l.id
            """;
    private static final String END =
            """
            SELECT m.rows, m.hash, (SELECT count(*) FROM fairlead.migration_history),
                coalesce((SELECT max(id) FROM fairlead.migration_history), 0),
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
            long head = number(end.get(0));
            long last = number(end.get(3));
            if (last < head) {
                broken.add(removed(last + 1, head) + ", at the end of the history");
            } else if (broken.isEmpty() && !String.valueOf(end.get(1)).equals(end.get(4))) {
                broken.add("the last row is not the one that the head names");
            }
            return new Verification(number(end.get(2)), String.valueOf(end.get(1)), broken);
        } finally {
            if (session.isOpen()) {
                session.execute("ROLLBACK");
            }
        }
    }

    private static String sentence(List<@Nullable String> row) {
        long id = number(row.get(0));
        long gap = number(row.get(3));
        var named = "row %d (%s)".formatted(id, row.get(4));
        if ("t".equals(row.get(5))) {
            return named + " was put in";
        }
        if (!"t".equals(row.get(1))) {
            return named + " was changed";
        }
        return gap == 1
                ? named + " does not follow the row before it: one of them was put in or replaced"
                : removed(id - gap + 1, id - 1);
    }

    private static String removed(long first, long last) {
        return first == last
                ? "row %d was removed".formatted(first)
                : "rows %d to %d were removed".formatted(first, last);
    }

    private static long number(@Nullable String value) {
        return Long.parseLong(String.valueOf(value));
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
