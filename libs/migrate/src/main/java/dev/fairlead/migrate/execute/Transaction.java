package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.execute.Failures.StatementFailed;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.sql.Statement;
import dev.fairlead.migrate.store.BatchFailure;
import dev.fairlead.migrate.store.HistoryWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A step of which all happens or nothing: its checks, its statements and its row of the history in one transaction. One
/// without checks that changes no rows is a single message to the server.
final class Transaction {
    /// The history is written by the migrator, whoever the step became.
    static final List<String> ASIDE =
            List.of("SET LOCAL SESSION AUTHORIZATION DEFAULT", "SET LOCAL ROLE NONE");

    /// What a step before has left in the session.
    static final List<String> CLEAN =
            List.of("RESET SESSION AUTHORIZATION", "RESET ALL", "DISCARD TEMP");

    private final Scene scene;
    private final PlannedStep step;
    private final List<Statement> statements;
    private final Checks checks;
    private final Failures failures;

    Transaction(Scene scene, PlannedStep step, List<Statement> statements) {
        this.scene = scene;
        this.step = step;
        this.statements = statements;
        this.checks = new Checks(step);
        this.failures = new Failures(scene, step);
    }

    StepResult attempt() {
        scene.watch().arm(step.step().header().timeout());
        try {
            var result = hasChecks() || !isShort() ? atLength() : atOnce();
            scene.watch().disarm();
            return result;
        } catch (StatementFailed e) {
            return failures.of(e, List.of(), checks);
        } catch (SQLException e) {
            return failures.of(new StatementFailed(Optional.empty(), e), List.of(), checks);
        }
    }

    private boolean hasChecks() {
        var header = step.step().header();
        return step.step() instanceof Step.Validation
                || !header.preChecks().isEmpty()
                || !header.postChecks().isEmpty();
    }

    private boolean isShort() {
        return Statements.together(statements) && Statements.withoutRows(statements);
    }

    private List<String> begin() {
        var begin = new ArrayList<>(CLEAN);
        begin.add("BEGIN");
        begin.add(
                scene.session()
                        .settings(
                                scene.options().lockTimeout(),
                                step.step().header().timeout().orElse(Duration.ZERO),
                                true));
        return begin;
    }

    private List<String> end(long rows) {
        var end = new ArrayList<>(ASIDE);
        end.add(
                scene.writer()
                        .record(
                                new HistoryWriter.Row(
                                        step,
                                        "pg_catalog.now()",
                                        Outcome.DONE,
                                        rows,
                                        checks.detail())));
        end.add("COMMIT");
        return end;
    }

    private StepResult atOnce() throws StatementFailed {
        var begin = begin();
        var all = new ArrayList<>(begin);
        all.addAll(Statements.texts(statements));
        all.addAll(end(0));
        try {
            scene.session().batch(all);
            return new StepResult.Done(0);
        } catch (BatchFailure e) {
            int at = e.index() - begin.size();
            throw new StatementFailed(
                    at >= 0 && at < statements.size()
                            ? Optional.of(statements.get(at))
                            : Optional.empty(),
                    e.error());
        }
    }

    private StepResult atLength() throws StatementFailed, SQLException {
        var header = step.step().header();
        Statements.ours(scene.session(), begin());
        var wrong = checks.ask(scene.session(), "pre", header.preChecks());
        if (wrong.isPresent()) {
            return refused(wrong.get());
        }
        long rows = Statements.run(scene.session(), statements);
        if (step.step() instanceof Step.Validation validation) {
            wrong = checks.ask(scene.session(), "assertion", List.of(validation.question()));
        }
        if (wrong.isEmpty()) {
            wrong = checks.ask(scene.session(), "post", header.postChecks());
        }
        if (wrong.isPresent()) {
            return refused(wrong.get());
        }
        Statements.ours(scene.session(), end(rows));
        return new StepResult.Done(rows);
    }

    private StepResult refused(Problem problem) throws SQLException {
        scene.session().execute("ROLLBACK");
        return new StepResult.Failed(problem, StepResult.Again.AS_TOLD, List.of(), checks);
    }
}
