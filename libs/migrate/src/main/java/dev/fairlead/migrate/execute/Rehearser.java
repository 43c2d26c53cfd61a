package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.MigrateOptions;
import dev.fairlead.migrate.Rehearsal;
import dev.fairlead.migrate.Rehearsal.Rehearsed;
import dev.fairlead.migrate.execute.Failures.StatementFailed;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.Statement;
import dev.fairlead.migrate.store.Session;
import dev.fairlead.migrate.store.SqlStates;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Runs a plan in one transaction and rolls it back, watching the locks that each step takes.
public final class Rehearser implements AutoCloseable {
    /// A value that was added to an enum in this very transaction.
    private static final String UNSAFE_ENUM = "55P04";

    /// Constraints that are checked at the end of a transaction are checked at the end of a step, as it has one of its own
    /// when it is run.
    private static final String CHECK_DEFERRED = "SET CONSTRAINTS ALL IMMEDIATE";

    private static final String DEFERRED =
            """
            SELECT DISTINCT pg_catalog.format('%I.%I', n.nspname, c.conname) FROM pg_catalog.pg_constraint c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace WHERE c.condeferred
            """;

    private final Session work;
    private final Observed observed;
    private final MigrateOptions options;
    private final Watch watch;
    private boolean left;

    /// @param work where it runs; nothing else uses it meanwhile
    /// @param observer sees what others see
    public Rehearser(
            Session work, Session observer, MigrateOptions options, Cancellation cancellation)
            throws SQLException {
        this.work = work;
        this.observed = new Observed(observer, work.backend());
        this.options = options;
        this.watch = new Watch(work, cancellation);
    }

    public Rehearsal rehearse(MigrationPlan plan) throws SQLException {
        var steps = new ArrayList<Rehearsed>();
        work.execute("BEGIN");
        try {
            for (var step : plan.steps()) {
                boolean failed =
                        !steps.isEmpty()
                                && (steps.getLast() instanceof Rehearsed.Failed
                                        || steps.getLast() instanceof Rehearsed.NotTried);
                steps.add(failed ? new Rehearsed.NotTried(step) : rehearse(step));
            }
        } finally {
            if (work.isOpen()) {
                work.execute("ROLLBACK");
            }
        }
        return new Rehearsal(plan, steps);
    }

    private Rehearsed rehearse(PlannedStep step) throws SQLException {
        var why = whyNot(step);
        if (why.isPresent()) {
            left |= !step.accepted();
            return new Rehearsed.Left(step, why.get());
        }
        watch.arm(step.step().header().timeout());
        try {
            prepare(step);
            var ran = run(step);
            watch.disarm();
            return ran;
        } catch (StatementFailed e) {
            return failed(step, e);
        }
    }

    /// Why a step cannot be rehearsed, as part of a sentence; empty when it can.
    private static Optional<String> whyNot(PlannedStep step) {
        if (step.accepted()) {
            return Optional.of("it is only recorded");
        }
        if (step.step() instanceof Step.Data data) {
            switch (data.script()) {
                case Script.Url _ -> {
                    return Optional.of("its file is fetched only when it runs");
                }
                case Script.Exec _ -> {
                    return Optional.of("it is a program");
                }
                case Script.Instructions _ -> {
                    return Optional.of("it is work for a person");
                }
                case Script.Backfill _ -> {
                    return Optional.of("a backfill has a transaction for each batch");
                }
                case Script.Inline _, Script.File _ -> {}
            }
        }
        if (step.transactional()) {
            return Optional.empty();
        }
        return Optional.of(
                step.facts().stream()
                        .filter(facts -> facts.inTransaction() != Facts.InTransaction.YES)
                        .findFirst()
                        .map(facts -> facts.command() + " cannot run in a transaction")
                        .orElse("it says that it runs without a transaction"));
    }

    private void prepare(PlannedStep step) throws StatementFailed {
        var all = new ArrayList<>(Transaction.CLEAN);
        all.add(
                work.settings(
                        options.lockTimeout(),
                        step.step().header().timeout().orElse(Duration.ZERO),
                        true));
        all.add("SAVEPOINT step");
        Statements.ours(work, all);
    }

    private Rehearsed run(PlannedStep step) throws StatementFailed, SQLException {
        var header = step.step().header();
        var checks = new Checks(step);
        observed.begin(step);
        long began = Ticker.SYSTEM.nanos();
        var wrong = checks.ask(work, "pre", header.preChecks());
        long rows = 0;
        if (wrong.isEmpty()) {
            for (var statement : Statements.of(step.facts())) {
                rows += one(statement);
            }
            wrong = asked(step, checks);
        }
        if (wrong.isPresent()) {
            watch.disarm();
            return refused(step, wrong.get());
        }
        checkDeferred();
        long ended = Ticker.SYSTEM.nanos();
        return new Rehearsed.Ran(step, Duration.ofNanos(ended - began), rows, observed.held(ended));
    }

    private long one(Statement statement) throws StatementFailed, SQLException {
        long began = Ticker.SYSTEM.nanos();
        long rows = Statements.one(work, statement);
        observed.look(began);
        return rows;
    }

    private Optional<Problem> asked(PlannedStep step, Checks checks) throws SQLException {
        var header = step.step().header();
        if (step.step() instanceof Step.Validation validation) {
            var wrong = checks.ask(work, "assertion", List.of(validation.question()));
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return checks.ask(work, "post", header.postChecks());
    }

    private void checkDeferred() throws StatementFailed {
        try {
            work.execute(CHECK_DEFERRED);
            var names =
                    work.query(DEFERRED).stream()
                            .map(row -> String.valueOf(row.getFirst()))
                            .toList();
            if (!names.isEmpty()) {
                work.execute("SET CONSTRAINTS " + String.join(", ", names) + " DEFERRED");
            }
        } catch (SQLException e) {
            throw new StatementFailed(Optional.empty(), e);
        }
    }

    private Rehearsed failed(PlannedStep step, StatementFailed failure) throws SQLException {
        var reason = watch.disarm();
        var error = failure.error();
        if (SqlStates.connection(error) || !work.isOpen()) {
            throw error;
        }
        var refusals = new Refusals(work, step);
        if (SqlStates.of(error).equals(UNSAFE_ENUM)) {
            left = true;
            return back(
                    new Rehearsed.Left(
                            step,
                            "it uses a value that is only usable once the step before has committed"));
        }
        if (reason.equals(Optional.of(Watch.Reason.ASKED_TO_END))) {
            throw Problem.error(MigrateCode.INTERRUPTED, "interrupted; nothing was changed")
                    .thrown();
        }
        work.execute("ROLLBACK TO SAVEPOINT step");
        if (reason.isPresent() || SqlStates.cancelled(error)) {
            return new Rehearsed.Failed(step, refusals.timedOut(failure));
        }
        return SqlStates.lock(error)
                ? new Rehearsed.Failed(step, refusals.lock(failure))
                : refused(step, refusals.refused(failure));
    }

    private Rehearsed back(Rehearsed result) throws SQLException {
        work.execute("ROLLBACK TO SAVEPOINT step");
        return result;
    }

    /// After a step that was left out, nobody can tell whether one that fails would.
    private Rehearsed refused(PlannedStep step, Problem problem) throws SQLException {
        return back(
                left
                        ? new Rehearsed.Left(
                                step,
                                "it failed, perhaps for want of what was not rehearsed before it: "
                                        + problem.what())
                        : new Rehearsed.Failed(step, problem));
    }

    @Override
    public void close() {
        watch.close();
    }
}
