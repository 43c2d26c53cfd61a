package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.sql.Statement;
import dev.fairlead.migrate.store.SqlStates;
import java.sql.SQLException;
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
            return failed(refusals().interrupted(failure), StepResult.Again.NEVER, stays, checks);
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
            return failed(refusals().timedOut(failure), StepResult.Again.AS_TOLD, stays, checks);
        }
        if (SqlStates.lock(error)) {
            return failed(refusals().lock(failure), StepResult.Again.SOON, stays, checks);
        }
        return failed(refusals().refused(failure), StepResult.Again.AS_TOLD, stays, checks);
    }

    private static StepResult.Failed failed(
            Problem problem, StepResult.Again again, List<String> stays, Checks checks) {
        return new StepResult.Failed(problem, again, stays, checks);
    }

    private Refusals refusals() {
        return new Refusals(scene.session(), step);
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
}
