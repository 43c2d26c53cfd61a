package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.document.Json;
import dev.fairlead.migrate.MigrateEvent;
import dev.fairlead.migrate.execute.Failures.StatementFailed;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.store.HistoryWriter;
import dev.fairlead.migrate.store.Literal;
import dev.fairlead.migrate.store.SqlStates;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Changes many rows, batch by batch in the order of a key. A batch and the note how far it is are one transaction, so
/// that no batch is lost or done twice, whenever the process dies.
final class Backfills {
    private static final Duration PAUSED_LOOK = Duration.ofMillis(500);

    private final Scene scene;
    private final PlannedStep step;
    private final Script.Backfill backfill;
    private final Keyset keyset;
    private final Checks checks;
    private final Failures failures;
    private final Strain strain;
    private Optional<List<String>> last = Optional.empty();
    private long rows;
    private long seen;
    private long estimate;

    Backfills(Scene scene, PlannedStep step, Script.Backfill backfill) {
        this.scene = scene;
        this.step = step;
        this.backfill = backfill;
        this.keyset = new Keyset(backfill);
        this.checks = new Checks(step);
        this.failures = new Failures(scene, step);
        this.strain = new Strain(scene, step, backfill.table());
    }

    StepResult attempt() throws InterruptedException {
        var header = step.step().header();
        scene.watch().arm(header.timeout());
        try {
            Statements.ours(scene.session(), Transaction.CLEAN);
            keyset.learn(scene.session());
            var wrong =
                    resume()
                            ? Optional.<Problem>empty()
                            : checks.ask(scene.session(), "pre", header.preChecks());
            if (wrong.isPresent()) {
                return failed(wrong.get());
            }
            var pace = new Pace(seen);
            while (batch()) {
                var left = estimate - seen;
                scene.tell(
                        new MigrateEvent.Progressed(
                                step,
                                rows,
                                seen,
                                estimate,
                                pace.rate(seen),
                                pace.left(seen, left)));
                rest();
            }
            return finish();
        } catch (StatementFailed e) {
            return failures.of(e, stays(), checks);
        } catch (SQLException e) {
            return failures.of(new StatementFailed(Optional.empty(), e), stays(), checks);
        }
    }

    private StepResult failed(Problem problem) {
        scene.watch().disarm();
        return new StepResult.Failed(problem, StepResult.Again.AS_TOLD, stays(), checks);
    }

    private List<String> stays() {
        return seen == 0
                ? List.of()
                : List.of(
                        "%d rows are filled and stay; the next run goes on behind them"
                                .formatted(rows));
    }

    /// @return whether it was begun before
    private boolean resume() throws SQLException {
        var known =
                scene.session()
                        .query(
                                "SELECT last, rows, seen, estimate FROM fairlead.migration_checkpoint WHERE "
                                        + mine()
                                        + " AND checksum = "
                                        + Literal.of(step.checksum()));
        if (known.isEmpty()) {
            estimate = keyset.estimate(scene.session());
            HistoryWriter.inTransaction(
                    scene.session(),
                    List.of(
                            scene.writer().fence(),
                            "DELETE FROM fairlead.migration_checkpoint WHERE " + mine(),
                            "INSERT INTO fairlead.migration_checkpoint (migration, step, checksum, estimate, started, moved)"
                                    + " VALUES (%s, %d, %s, %d, pg_catalog.now(), pg_catalog.now())"
                                            .formatted(
                                                    Literal.of(step.migration().id()),
                                                    step.index(),
                                                    Literal.of(step.checksum()),
                                                    estimate)));
            return false;
        }
        var row = known.getFirst();
        last = Optional.ofNullable(row.get(0)).map(Backfills::key);
        rows = Long.parseLong(String.valueOf(row.get(1)));
        seen = Long.parseLong(String.valueOf(row.get(2)));
        estimate = Long.parseLong(String.valueOf(row.get(3)));
        return true;
    }

    private static List<String> key(String json) {
        return Json.read(json) instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    private String mine() {
        return "migration = %s AND step = %d"
                .formatted(Literal.of(step.migration().id()), step.index());
    }

    /// @return whether there was one
    private boolean batch() throws StatementFailed, SQLException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return tryBatch();
            } catch (StatementFailed | SQLException e) {
                var error = e instanceof StatementFailed failed ? failed.error() : (SQLException) e;
                if (!SqlStates.lock(error) || attempt >= scene.options().lockAttempts()) {
                    throw e;
                }
                if (scene.session().inTransaction()) {
                    scene.session().execute("ROLLBACK");
                }
                Pauses.beforeLock(scene, step, SqlStates.said(error), attempt);
            }
        }
    }

    private boolean tryBatch() throws StatementFailed, SQLException {
        var time = scene.watch().left().orElse(Duration.ZERO);
        Statements.ours(
                scene.session(),
                List.of(
                        "BEGIN",
                        scene.session().settings(scene.options().lockTimeout(), time, true)));
        var next = keyset.next(scene.session(), last);
        if (next.isEmpty()) {
            scene.session().execute("ROLLBACK");
            return false;
        }
        var statement = backfill.statement().statements().getFirst();
        long changed;
        try {
            changed = scene.session().execute(keyset.statement(last, next.get().upper()));
        } catch (SQLException e) {
            throw new StatementFailed(Optional.of(statement), e);
        }
        var end = new ArrayList<>(Transaction.ASIDE);
        end.add(scene.writer().fence());
        end.add(checkpoint(next.get().upper(), rows + changed, seen + next.get().rows()));
        end.add("COMMIT");
        Statements.ours(scene.session(), end);
        rows += changed;
        seen += next.get().rows();
        last = Optional.of(next.get().upper());
        return true;
    }

    private String checkpoint(List<String> upper, long changed, long passed) {
        return "UPDATE fairlead.migration_checkpoint SET last = %s::pg_catalog.jsonb, rows = %d, seen = %d, moved = pg_catalog.now() WHERE %s"
                .formatted(Literal.of(Json.compact(upper)), changed, passed, mine());
    }

    /// Between two batches: as long as the step says, as long as somebody wants, and as long as the server is strained.
    private void rest() throws SQLException, InterruptedException {
        if (!backfill.pause().isZero()) {
            Ticker.SYSTEM.pause(backfill.pause());
        }
        strain.easeOff();
        boolean told = false;
        while (paused()) {
            if (!told) {
                scene.tell(
                        new MigrateEvent.Noted(
                                step, "paused; fairlead migrate backfill --resume goes on"));
                told = true;
            }
            Ticker.SYSTEM.pause(PAUSED_LOOK);
        }
        if (scene.watch().asked() || scene.turn().over()) {
            throw new SQLException("asked to end", "57014");
        }
    }

    private boolean paused() throws SQLException {
        return !scene.watch().asked()
                && !scene.turn().over()
                && scene.session()
                        .value(
                                "SELECT 1 FROM fairlead.migration_pause WHERE migration = "
                                        + Literal.of(step.migration().id()))
                        .isPresent();
    }

    private StepResult finish() throws SQLException, StatementFailed {
        var wrong = checks.ask(scene.session(), "post", step.step().header().postChecks());
        if (wrong.isPresent()) {
            return failed(wrong.get());
        }
        var end = new ArrayList<>(Transaction.ASIDE);
        end.add(
                "UPDATE fairlead.migration_checkpoint SET finished = true, moved = pg_catalog.now() WHERE "
                        + mine());
        end.add(
                scene.writer()
                        .record(
                                new HistoryWriter.Row(
                                        step,
                                        "(SELECT started FROM fairlead.migration_checkpoint WHERE "
                                                + mine()
                                                + ")",
                                        Outcome.DONE,
                                        rows,
                                        checks.detail())));
        HistoryWriter.inTransaction(scene.session(), end);
        scene.watch().disarm();
        return new StepResult.Done(rows);
    }

    /// How fast it goes, since this process began.
    private static final class Pace {
        private final long from;
        private final long began = Ticker.SYSTEM.nanos();

        Pace(long from) {
            this.from = from;
        }

        long rate(long seen) {
            long millis = Math.max(1, (Ticker.SYSTEM.nanos() - began) / 1_000_000);
            return (seen - from) * 1000 / millis;
        }

        Optional<Duration> left(long seen, long remaining) {
            long rate = rate(seen);
            return rate == 0 || remaining < 0
                    ? Optional.empty()
                    : Optional.of(Duration.ofSeconds(remaining / rate));
        }
    }
}
