package dev.fairlead.migrate;

import dev.fairlead.migrate.catalogue.Catalogue;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.server.Db;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Migrations that have everything in them that a death can interrupt, and what must come of them whatever happened.
final class Ordeal {
    static final int ROWS = 2_000;

    static final List<Migration> MIGRATIONS =
            List.of(
                    Sample.sql(
                            "o.1",
                            """
                            CREATE TABLE items (id int PRIMARY KEY, code text NOT NULL, n int NOT NULL DEFAULT 0, grp int);
                            INSERT INTO items (id, code) SELECT i, 'c' || i FROM generate_series(1, %d) i\
                            """
                                    .formatted(ROWS)),
                    Sample.of("o.2")
                            .outside(
                                    """
                                    CREATE INDEX CONCURRENTLY items_code ON items (code);
                                    CREATE UNIQUE INDEX CONCURRENTLY items_code_unique ON items (code, id)\
                                    """)
                            .build(),
                    Sample.of("o.3")
                            .data(
                                    new Script.Backfill(
                                            "items",
                                            List.of("id"),
                                            Sample.text(
                                                    "UPDATE items SET n = n + 1, grp = id % 7 WHERE :batch"),
                                            Optional.empty(),
                                            50,
                                            Duration.ZERO))
                            .build(),
                    Sample.of("o.4")
                            .outside(
                                    """
                                    CREATE TABLE log (what text);
                                    INSERT INTO log VALUES ('once');
                                    BEGIN; INSERT INTO log VALUES ('block 1'); INSERT INTO log VALUES ('block 2'); COMMIT;
                                    VACUUM items;
                                    INSERT INTO log VALUES ('last')\
                                    """)
                            .build(),
                    Sample.sql(
                            "o.5",
                            "ALTER TABLE items ADD COLUMN extra text; CREATE INDEX items_extra ON items (extra)"),
                    Sample.of("o.6")
                            .outside(
                                    "REINDEX INDEX CONCURRENTLY items_code; DROP INDEX CONCURRENTLY items_code_unique")
                            .build(),
                    Sample.of("o.7")
                            .validation(
                                    "SELECT count(*) = %d FROM items WHERE grp IS NOT NULL"
                                            .formatted(ROWS))
                            .build());

    private Ordeal() {}

    static Migrations of(String url) {
        return Migrations.of(url).from(MIGRATIONS);
    }

    /// Schema and data, as one text to compare.
    static String state(Db db) {
        return schema(db)
                + "\nitems "
                + db.value(
                        "SELECT count(*) || ' ' || sum(n) || ' ' || min(n) || ' ' || max(n) FROM items")
                + "\nlog "
                + db.rows("SELECT what FROM log ORDER BY 1")
                + "\ninvalid "
                + db.invalidIndexes()
                + "\nchain "
                + of(db.url()).verify().broken();
    }

    /// As pg_dump writes it, where there is one for the server.
    private static String schema(Db db) {
        if (db.server().hasDump()) {
            return db.dump();
        }
        try (var connection = db.connect()) {
            return Catalogue.read(connection).objects().toString();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
