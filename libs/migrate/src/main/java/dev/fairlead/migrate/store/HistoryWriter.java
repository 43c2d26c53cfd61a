package dev.fairlead.migrate.store;

import dev.fairlead.document.Json;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.history.Intent;
import dev.fairlead.migrate.lock.Lane;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.plan.StepText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes the history. Most methods give the statement, because it travels with the step that it is about.
///
/// @param token the number of the writer's turn; the database refuses a number that is over
public record HistoryWriter(Lane lane, long token, String who, String planHash) {
    /// @param started a timestamp as SQL: `now()` where the step's own transaction is still open
    /// @param outcome not RUNNING
    public record Row(
            PlannedStep step,
            String started,
            Outcome outcome,
            long rows,
            Map<String, Object> detail) {}

    /// Makes the tables where they are not there. Any number of processes may do so at once.
    public static void prepare(Session session) throws SQLException {
        var there =
                session.value(
                        "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                                + " ON n.oid = c.relnamespace"
                                + " WHERE n.nspname = 'fairlead' AND c.relname = 'migration_head'");
        if (there.isPresent()) {
            return;
        }
        session.execute("BEGIN");
        try {
            // 'fairlead' and the number of this lock; only held while the tables are made.
            session.execute(
                    "SELECT pg_catalog.pg_advisory_xact_lock(" + (0x666169726c656164L + 9) + ")");
            boolean made =
                    session.value("SELECT pg_catalog.to_regclass('fairlead.migration_head')::text")
                            .isPresent();
            if (!made) {
                session.execute(tables());
            }
            session.execute("COMMIT");
        } finally {
            if (session.isOpen() && session.inTransaction()) {
                session.execute("ROLLBACK");
            }
        }
    }

    /// The statements that make the migrator's tables, for one transaction where they are not there yet.
    public static String tables() {
        return resource("history-1.sql") + "\n" + resource("history-state.sql");
    }

    static String resource(String name) {
        try (var in = HistoryWriter.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The statement that adds a row, completes the chain and removes the step's intents.
    public String record(Row row) {
        var step = row.step();
        var migration = new LinkedHashMap<String, Object>();
        migration.put("key", step.migration().key().text());
        migration.put("version", step.migration().version().toString());
        migration.put("direction", step.direction().word());
        migration.put("step", step.index());
        migration.put("steps", step.of());
        migration.put("kind", step.kind());
        migration.put("checksum", step.checksum());
        migration.put("contract", step.contract());
        var detail = new LinkedHashMap<String, Object>(row.detail());
        if (!step.migration().meta().owners().isEmpty()) {
            detail.put("owners", step.migration().meta().owners());
        }
        if (step.outOfOrder()) {
            detail.put("outOfOrder", true);
        }
        return "SELECT fairlead.migration_record("
                + String.join(
                        ", ",
                        Literal.of(lane.word()),
                        String.valueOf(token),
                        Literal.of(planHash),
                        Literal.of(who),
                        Literal.of(Json.compact(migration)) + "::pg_catalog.jsonb",
                        row.started(),
                        Literal.of(row.outcome().name()),
                        String.valueOf(row.rows()),
                        Literal.of(Json.compact(detail)) + "::pg_catalog.jsonb",
                        row.outcome() == Outcome.FAILED
                                ? "NULL"
                                : Literal.of(StepText.of(step.step())))
                + ")";
    }

    /// Adds a row in a transaction of its own.
    public void write(Session session, Row row) throws SQLException {
        inTransaction(session, List.of(record(row)));
    }

    /// Runs statements of the migrator itself in one transaction.
    public static void inTransaction(Session session, List<String> statements) throws SQLException {
        var all = new java.util.ArrayList<String>();
        all.add("BEGIN");
        all.addAll(statements);
        all.add("COMMIT");
        try {
            session.batch(all);
        } catch (BatchFailure e) {
            if (session.isOpen() && session.inTransaction()) {
                session.execute("ROLLBACK");
            }
            throw e.error();
        }
    }

    /// The statements that say: this part begins now.
    public List<String> begins(PlannedStep step, int part, String checksum) {
        return List.of(
                fence(),
                "INSERT INTO fairlead.migration_intent (migration, direction, step, part, checksum, who, token, started)"
                        + " VALUES (%s, %s, %d, %d, %s, %s, %d, pg_catalog.clock_timestamp())"
                                .formatted(
                                        Literal.of(step.migration().id()),
                                        Literal.of(step.direction().word()),
                                        step.index(),
                                        part,
                                        Literal.of(checksum),
                                        Literal.of(who),
                                        token)
                        + " ON CONFLICT (migration, direction, step, part) DO UPDATE SET checksum = EXCLUDED.checksum,"
                        + " who = EXCLUDED.who, token = EXCLUDED.token, started = EXCLUDED.started, finished = NULL");
    }

    /// The statements that say: this part is done.
    public List<String> ends(PlannedStep step, int part, long rows) {
        return List.of(
                fence(),
                "UPDATE fairlead.migration_intent SET finished = pg_catalog.clock_timestamp(), rows = %d WHERE %s AND part = %d"
                        .formatted(rows, of(step), part));
    }

    /// The statement that forgets a part, so that it runs again.
    public static String forgets(Intent intent) {
        return "DELETE FROM fairlead.migration_intent WHERE migration = %s AND direction = %s AND step = %d AND part = %d"
                .formatted(
                        Literal.of(intent.migration()),
                        Literal.of(intent.direction().word()),
                        intent.step(),
                        intent.part());
    }

    private static String of(PlannedStep step) {
        return "migration = %s AND direction = %s AND step = %d"
                .formatted(
                        Literal.of(step.migration().id()),
                        Literal.of(step.direction().word()),
                        step.index());
    }

    /// Fails where the turn is over; until the transaction ends nobody else's turn begins.
    public String fence() {
        return "SELECT fairlead.migration_fence(%s, %d)".formatted(Literal.of(lane.word()), token);
    }

    /// Notes that nothing is left to do for these migrations, durably, with everything that was written before.
    public void complete(Session session, String digest) throws SQLException {
        inTransaction(
                session,
                List.of(
                        "SET LOCAL synchronous_commit = on",
                        fence(),
                        "UPDATE fairlead.migration_head SET complete = " + Literal.of(digest)));
    }

    /// Makes what was written so far durable: steps commit without waiting for the disk, in their order.
    public void flush(Session session) throws SQLException {
        inTransaction(
                session,
                List.of(
                        "SET LOCAL synchronous_commit = on",
                        fence(),
                        "UPDATE fairlead.migration_turn SET heartbeat = pg_catalog.clock_timestamp() WHERE lane = "
                                + Literal.of(lane.word())));
    }

    /// A moment as SQL.
    public static String at(Instant moment) {
        return Literal.of(moment.toString()) + "::pg_catalog.timestamptz";
    }

    /// When a part of a step was begun, as SQL, or now.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public static String at(Optional<Instant> moment) {
        return moment.map(HistoryWriter::at).orElse("pg_catalog.clock_timestamp()");
    }
}
