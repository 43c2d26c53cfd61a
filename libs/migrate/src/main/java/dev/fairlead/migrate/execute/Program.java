package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.execute.Failures.StatementFailed;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.history.Intent;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.store.HistoryWriter;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A step that is a program. It is noted before and after, because nobody can ask the database what it did; it never
/// outlives the migrator.
final class Program {
    private static final Duration LOOK = Duration.ofMillis(50);

    private final Scene scene;
    private final PlannedStep step;
    private final Script.Exec exec;
    private final Checks checks;
    private final Failures failures;

    Program(Scene scene, PlannedStep step, Script.Exec exec) {
        this.scene = scene;
        this.step = step;
        this.exec = exec;
        this.checks = new Checks(step);
        this.failures = new Failures(scene, step);
    }

    StepResult attempt() throws InterruptedException {
        var header = step.step().header();
        scene.watch().arm(header.timeout());
        try {
            boolean ran =
                    scene.history().intents().stream()
                            .anyMatch(intent ->
                                    dev.fairlead.migrate.plan.Unfinished.belongs(intent, step)
                                            && intent.finished().isPresent());
            if (!ran) {
                var wrong = checks.ask(scene.session(), "pre", header.preChecks());
                if (wrong.isEmpty()) {
                    wrong = run();
                }
                if (wrong.isPresent()) {
                    scene.watch().disarm();
                    return failed(wrong.get());
                }
            }
            var wrong = checks.ask(scene.session(), "post", header.postChecks());
            scene.watch().disarm();
            if (wrong.isPresent()) {
                return failed(wrong.get());
            }
            record();
            return new StepResult.Done(0);
        } catch (SQLException e) {
            return failures.of(new StatementFailed(Optional.empty(), e), stays(), checks);
        }
    }

    private StepResult failed(Problem problem) {
        boolean began = problem.code() != MigrateCode.CHECK_FAILED || checks.afterwards();
        return new StepResult.Failed(
                problem, StepResult.Again.AS_TOLD, began ? stays() : List.of(), checks);
    }

    private static List<String> stays() {
        return List.of("whatever the program had done stays");
    }

    private Optional<Problem> run() throws SQLException, InterruptedException {
        note(scene.writer().begins(step, 0, step.checksum()));
        Optional<Problem> wrong;
        try (var child = Child.start(exec, scene.database().environment())) {
            wrong = await(child);
        } catch (IOException e) {
            wrong =
                    Optional.of(
                            Problem.error(
                                    MigrateCode.PROGRAM_FAILED,
                                    step.step().header().place(),
                                    "%s could not be started: %s"
                                            .formatted(name(), e.getMessage())));
        }
        // It has ended, well or not: nothing is unknown about it.
        note(
                wrong.isEmpty()
                        ? scene.writer().ends(step, 0, 0)
                        : List.of(scene.writer().fence(), HistoryWriter.forgets(intent())));
        return wrong;
    }

    private Optional<Problem> await(Child child) throws InterruptedException {
        while (child.isAlive()) {
            var left = scene.watch().left();
            boolean late = left.map(Duration::isZero).orElse(false);
            if (late || scene.watch().asked() || scene.turn().over()) {
                child.close();
                return Optional.of(
                        late
                                ? problem(
                                        MigrateCode.STEP_TIMED_OUT, "did not end" + limit(), child)
                                : problem(MigrateCode.INTERRUPTED, "was ended", child));
            }
            child.awaitEnd(LOOK);
        }
        child.close(); // what it said last is read only now
        int code = child.exitCode();
        return code == 0
                ? Optional.empty()
                : Optional.of(
                        problem(
                                MigrateCode.PROGRAM_FAILED,
                                "ended with exit code " + code + said(child),
                                child));
    }

    private String limit() {
        return step.step()
                .header()
                .timeout()
                .map(time -> " within %d ms".formatted(time.toMillis()))
                .orElse(" in time");
    }

    /// Its last words: they tell more than the number.
    private static String said(Child child) {
        return child.lastLines().reversed().stream()
                .filter(line -> !line.isBlank())
                .findFirst()
                .map(line -> ": " + line.strip())
                .orElse("");
    }

    private Problem problem(MigrateCode code, String what, Child child) {
        return Problem.error(
                        code,
                        step.step().header().place(),
                        "%s of %s %s".formatted(name(), step, what))
                .withEvidence(child.lastLines());
    }

    private String name() {
        return exec.command().getFirst();
    }

    private Intent intent() {
        var now = java.time.Instant.EPOCH;
        return new Intent(
                step.migration().id(),
                step.direction(),
                step.index(),
                0,
                step.checksum(),
                scene.writer().who(),
                scene.writer().token(),
                now,
                Optional.empty(),
                0);
    }

    /// What a program does is outside of the database, so its notes are durable before it begins.
    private void note(List<String> statements) throws SQLException {
        var all = new ArrayList<>(List.of("SET LOCAL synchronous_commit = on"));
        all.addAll(statements);
        HistoryWriter.inTransaction(scene.session(), all);
    }

    private void record() throws SQLException {
        note(
                List.of(
                        scene.writer()
                                .record(
                                        new HistoryWriter.Row(
                                                step,
                                                "pg_catalog.clock_timestamp()",
                                                Outcome.DONE,
                                                0,
                                                checks.detail()))));
    }
}
