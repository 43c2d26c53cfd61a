package dev.fairlead.migrate.store;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Digest;
import dev.fairlead.document.Json;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.history.Approval;
import dev.fairlead.migrate.history.Checkpoint;
import dev.fairlead.migrate.history.Entry;
import dev.fairlead.migrate.history.Entry.Direction;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.history.Intent;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Version;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads what has run, in a transaction that cannot write: no lock, no table is made, a role that may only read is enough.
public final class HistoryReader {
    static final int FORMAT = 1;

    private static final String SURROUNDINGS =
            """
            SELECT current_database(), (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()),
                (SELECT system_identifier FROM pg_catalog.pg_control_system()),
                EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'fairlead' AND c.relname = 'migration_head'),
                EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'fairlead' AND c.relname = 'migration_state'
                        AND pg_catalog.has_table_privilege(c.oid, 'SELECT')),
                pg_catalog.to_regclass(?)::oid::regclass::text
            """;
    private static final String ENTRIES =
            "SELECT id, key, version, direction, step, steps, checksum, plan_hash, who, token,"
                    + micros("started")
                    + ","
                    + micros("finished")
                    + ", outcome, rows, contract, detail FROM fairlead.migration_history ORDER BY id";
    private static final String INTENTS =
            "SELECT migration, direction, step, part, checksum, who, token,"
                    + micros("started")
                    + ","
                    + micros("finished")
                    + ", rows FROM fairlead.migration_intent ORDER BY 1, 2, 3, 4";
    private static final String CHECKPOINTS =
            "SELECT c.migration, step, checksum, last, rows, seen, estimate, p.migration IS NOT NULL, finished,"
                    + micros("started")
                    + ","
                    + micros("moved")
                    + " FROM fairlead.migration_checkpoint c LEFT JOIN fairlead.migration_pause p"
                    + " ON p.migration = c.migration ORDER BY 1, 2";
    private static final String APPROVALS =
            "SELECT kind, subject, database, who,"
                    + micros("given")
                    + ", comment FROM fairlead.migration_approval ORDER BY 5, 4, 2";

    private final Session session;
    private final String gooseTable;

    /// @param history nothing but the database's identity when `complete` is asked for and given
    /// @param there whether the migrator's tables are
    /// @param complete the digest of the migrations for which the last run found nothing left to do
    /// @param files the digest of the files that these were read from
    public record Snapshot(
            History history, boolean there, Optional<String> complete, Optional<String> files) {}

    public HistoryReader(Session session, String gooseTable) {
        this.session = session;
        this.gooseTable = gooseTable;
    }

    /// @param unless the rows are left out when the database is complete for what this names: the digest of migrations, or
    ///     of the files that they are read from
    public Snapshot read(Optional<String> unless) throws SQLException {
        session.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        try {
            return snapshot(unless);
        } finally {
            if (session.isOpen()) {
                session.execute("ROLLBACK");
            }
        }
    }

    private Snapshot snapshot(Optional<String> unless) throws SQLException {
        var around = session.query(SURROUNDINGS, gooseTable).getFirst();
        var name = text(around.get(0));
        var identity = Digest.ofText(around.get(2) + "/" + around.get(1) + "/" + name);
        if (!flag(around.get(3))) {
            var history =
                    new History(
                            identity,
                            name,
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            goose(around.get(5)));
            return new Snapshot(history, false, Optional.empty(), Optional.empty());
        }
        var complete = head();
        var files =
                complete.isPresent() && flag(around.get(4)) ? files() : Optional.<String>empty();
        if (unless.isPresent() && (complete.equals(unless) || files.equals(unless))) {
            return new Snapshot(History.none(identity, name), true, complete, files);
        }
        var history =
                new History(
                        identity,
                        name,
                        entries(),
                        intents(),
                        checkpoints(),
                        approvals(),
                        goose(around.get(5)));
        return new Snapshot(history, true, complete, files);
    }

    private Optional<String> head() throws SQLException {
        var head = session.query("SELECT format, complete FROM fairlead.migration_head").getFirst();
        if (number(head.getFirst()) > FORMAT) {
            throw Problem.error(
                            MigrateCode.HISTORY_TOO_NEW,
                            "the history has format %s, this version knows %d"
                                    .formatted(head.getFirst(), FORMAT))
                    .thrown();
        }
        return Optional.ofNullable(head.get(1));
    }

    private Optional<String> files() throws SQLException {
        return session.value(
                "SELECT s.files FROM fairlead.migration_state s JOIN fairlead.migration_head m ON s.rows = m.rows");
    }

    private List<Entry> entries() throws SQLException {
        var entries = new ArrayList<Entry>();
        for (var row : session.query(ENTRIES)) {
            entries.add(
                    new Entry(
                            number(row.get(0)),
                            new MigrationKey(text(row.get(1))),
                            Version.parse(text(row.get(2))).orElseThrow(),
                            direction(row.get(3)),
                            (int) number(row.get(4)),
                            (int) number(row.get(5)),
                            text(row.get(6)),
                            text(row.get(7)),
                            text(row.get(8)),
                            number(row.get(9)),
                            instant(row.get(10)).orElseThrow(),
                            instant(row.get(11)),
                            Outcome.valueOf(text(row.get(12))),
                            number(row.get(13)),
                            flag(row.get(14)),
                            text(row.get(15))));
        }
        return entries;
    }

    private List<Intent> intents() throws SQLException {
        var intents = new ArrayList<Intent>();
        for (var row : session.query(INTENTS)) {
            intents.add(
                    new Intent(
                            text(row.get(0)),
                            direction(row.get(1)),
                            (int) number(row.get(2)),
                            (int) number(row.get(3)),
                            text(row.get(4)),
                            text(row.get(5)),
                            number(row.get(6)),
                            instant(row.get(7)).orElseThrow(),
                            instant(row.get(8)),
                            number(row.get(9))));
        }
        return intents;
    }

    private List<Checkpoint> checkpoints() throws SQLException {
        var checkpoints = new ArrayList<Checkpoint>();
        for (var row : session.query(CHECKPOINTS)) {
            checkpoints.add(
                    new Checkpoint(
                            text(row.get(0)),
                            (int) number(row.get(1)),
                            text(row.get(2)),
                            Optional.ofNullable(row.get(3)).map(HistoryReader::key),
                            number(row.get(4)),
                            number(row.get(5)),
                            number(row.get(6)),
                            flag(row.get(7)),
                            flag(row.get(8)),
                            instant(row.get(9)).orElseThrow(),
                            instant(row.get(10)).orElseThrow()));
        }
        return checkpoints;
    }

    static List<String> key(String json) {
        return Json.read(json) instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    private List<Approval> approvals() throws SQLException {
        var approvals = new ArrayList<Approval>();
        for (var row : session.query(APPROVALS)) {
            approvals.add(
                    new Approval(
                            Approval.Kind.valueOf(text(row.get(0))),
                            text(row.get(1)),
                            text(row.get(2)),
                            text(row.get(3)),
                            instant(row.get(4)).orElseThrow(),
                            text(row.get(5))));
        }
        return approvals;
    }

    /// The latest row of a version says whether it is applied (goose v3, `ListMigrations`); version 0 is goose's own.
    private SortedMap<Long, Instant> goose(@Nullable String table) throws SQLException {
        var applied = new TreeMap<Long, Instant>();
        if (table == null) {
            return applied;
        }
        var rows =
                session.query(
                        "SELECT version_id,"
                                + micros("tstamp")
                                + " FROM (SELECT DISTINCT ON (version_id) version_id, is_applied, tstamp FROM "
                                + table
                                + " WHERE version_id > 0 ORDER BY version_id, id DESC) latest WHERE is_applied");
        for (var row : rows) {
            applied.put(number(row.get(0)), instant(row.get(1)).orElse(Instant.EPOCH));
        }
        return applied;
    }

    /// The text that was applied under a checksum; empty where it is not kept.
    public Optional<String> source(String checksum) throws SQLException {
        return session.value(
                "SELECT text FROM fairlead.migration_source WHERE checksum = ?", checksum);
    }

    private static String micros(String column) {
        return " (extract(epoch FROM " + column + ") * 1000000)::bigint";
    }

    static Optional<Instant> instant(@Nullable String micros) {
        if (micros == null) {
            return Optional.empty();
        }
        long number = Long.parseLong(micros);
        return Optional.of(
                Instant.ofEpochSecond(
                        Math.floorDiv(number, 1_000_000L),
                        Math.floorMod(number, 1_000_000L) * 1000));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static long number(@Nullable String value) {
        return value == null ? 0 : Long.parseLong(value);
    }

    private static boolean flag(@Nullable String value) {
        return "t".equals(value) || "true".equals(value);
    }

    private static Direction direction(@Nullable String word) {
        return "down".equals(word) ? Direction.DOWN : Direction.UP;
    }
}
