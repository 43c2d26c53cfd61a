package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.sql.Statement;
import dev.fairlead.migrate.store.Literal;
import dev.fairlead.migrate.store.SqlStates;

import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the server said, as a problem with a place in the user's file.
final class Failures {
    private final Scene scene;
    private final PlannedStep step;

    Failures(Scene scene, PlannedStep step) {
        this.scene = scene;
        this.step = step;
    }

    /// One statement of a text failed; which one is not said when it was one of ours.
    static final class StatementFailed extends Exception {
        private final transient Optional<Statement> statement;
        private final SQLException error;

        @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
        StatementFailed(Optional<Statement> statement, SQLException error) {
            super(error);
            this.statement = statement;
            this.error = error;
        }

        Optional<Statement> statement() {
            return statement;
        }

        SQLException error() {
            return error;
        }
    }

    /// Ends the attempt and says how: what is open is rolled back.
    ///
    /// @param stays what the attempt left, were it to end here
    StepResult.Failed of(StatementFailed failure, List<String> stays, Checks checks) {
        var reason = scene.watch().disarm();
        var error = failure.error();
        rollBack();
        if (scene.turn().over() || SqlStates.of(error).equals(SqlStates.FENCED)) {
            return failed(
                    Problem.error(
                            MigrateCode.MIGRATOR_REPLACED,
                            "the turn of this migrator ended while %s ran".formatted(step)),
                    StepResult.Again.NEVER,
                    stays,
                    checks);
        }
        if (reason.equals(Optional.of(Watch.Reason.ASKED_TO_END))) {
            return failed(
                    Problem.error(
                            MigrateCode.INTERRUPTED, place(failure), step + " was interrupted"),
                    StepResult.Again.NEVER,
                    stays,
                    checks);
        }
        if (SqlStates.connection(error) || !scene.session().isOpen()) {
            return failed(
                    Problem.error(
                            MigrateCode.DATABASE_UNREACHABLE,
                            "the connection broke while %s ran: %s"
                                    .formatted(step, SqlStates.said(error))),
                    StepResult.Again.NEVER,
                    stays,
                    checks);
        }
        if (reason.isPresent() || SqlStates.cancelled(error)) {
            return failed(timedOut(failure), StepResult.Again.AS_TOLD, stays, checks);
        }
        if (SqlStates.lock(error)) {
            return failed(lock(failure), StepResult.Again.SOON, stays, checks);
        }
        return failed(refused(failure), StepResult.Again.AS_TOLD, stays, checks);
    }

    private static StepResult.Failed failed(
            Problem problem, StepResult.Again again, List<String> stays, Checks checks) {
        return new StepResult.Failed(problem, again, stays, checks);
    }

    private void rollBack() {
        try {
            if (scene.session().isOpen() && scene.session().inTransaction()) {
                scene.session().execute("ROLLBACK");
            }
        } catch (SQLException _) {
            // the connection broke; the server rolls back by itself
        }
    }

    private Problem timedOut(StatementFailed failure) {
        var limit =
                step.step()
                        .header()
                        .timeout()
                        .map(time -> " within %d ms".formatted(time.toMillis()))
                        .orElse("");
        return Problem.error(
                MigrateCode.STEP_TIMED_OUT, place(failure), step + " did not end" + limit);
    }

    private Problem lock(StatementFailed failure) {
        return Problem.error(
                        MigrateCode.LOCK_NOT_GRANTED,
                        place(failure),
                        "%s did not get its locks: %s"
                                .formatted(step, SqlStates.said(failure.error())))
                .withEvidence(holders());
    }

    /// Who holds the tables of the step, strongest knowledge first; a guess made after the fact.
    private List<String> holders() {
        var tables =
                step.locks().stream()
                        .map(lock ->
                                "pg_catalog.to_regclass("
                                        + Literal.of(
                                                lock.table()
                                                                .schema()
                                                                .map(s -> Literal.name(s) + ".")
                                                                .orElse("")
                                                        + Literal.name(lock.table().name()))
                                        + ")")
                        .distinct()
                        .toList();
        if (tables.isEmpty()) {
            return List.of();
        }
        try {
            var lines = new ArrayList<String>();
            for (var row :
                    scene.session()
                            .query(
                                    "SELECT l.relation::regclass, l.mode, l.pid, a.usename, a.application_name, a.state,"
                                            + " pg_catalog.left(a.query, 80) FROM pg_catalog.pg_locks l"
                                            + " JOIN pg_catalog.pg_stat_activity a USING (pid) WHERE l.granted"
                                            + " AND l.pid <> pg_catalog.pg_backend_pid() AND l.relation IN ("
                                            + String.join(", ", tables)
                                            + ") ORDER BY a.xact_start NULLS LAST LIMIT 5")) {
                lines.add(
                        "%s is held in %s by process %s (user %s, %s, %s): %s"
                                .formatted(row.toArray()));
            }
            return lines;
        } catch (SQLException _) {
            return List.of();
        }
    }

    private Problem refused(StatementFailed failure) {
        var message = server(failure.error());
        var problem =
                Problem.error(
                        MigrateCode.STEP_FAILED,
                        place(failure),
                        "%s failed: %s".formatted(step, SqlStates.said(failure.error())));
        if (message == null) {
            return problem;
        }
        var evidence = new ArrayList<String>();
        Optional.ofNullable(message.getWhere())
                .ifPresent(where -> where.lines().limit(8).forEach(evidence::add));
        problem = problem.withEvidence(evidence);
        return message.getHint() == null ? problem : problem.withHint(message.getHint());
    }

    private Place place(StatementFailed failure) {
        if (failure.statement().isEmpty()) {
            return step.step().header().place();
        }
        var statement = failure.statement().get();
        var message = server(failure.error());
        int position = message == null ? 0 : message.getPosition();
        if (position < 1) {
            return statement.place();
        }
        var text = statement.text();
        int points = Math.min(position - 1, text.codePointCount(0, text.length()));
        return statement.source().at(statement.start() + text.offsetByCodePoints(0, points));
    }

    private static @Nullable ServerErrorMessage server(SQLException error) {
        return error instanceof PSQLException known ? known.getServerErrorMessage() : null;
    }
}
