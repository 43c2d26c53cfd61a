package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.MigrateEvent;
import dev.fairlead.migrate.MigrateEvents;
import dev.fairlead.migrate.MigrateOptions;
import dev.fairlead.migrate.MigrateOutcome;
import dev.fairlead.migrate.MigrateOutcome.AppliedStep;
import dev.fairlead.migrate.MigrateOutcome.StepFailure;
import dev.fairlead.migrate.execute.StepResult.Again;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.lock.Turn;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.plan.StepText;
import dev.fairlead.migrate.sql.Classifier;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.SqlText;
import dev.fairlead.migrate.store.Database;
import dev.fairlead.migrate.store.HistoryWriter;
import dev.fairlead.migrate.store.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs the steps of a plan, one after the other.
public final class Runner {
    /// So many rows of what is only recorded go into one transaction.
    private static final int RECORDED_TOGETHER = 200;

    private final Scene scene;
    private final MigrationPlan plan;
    private final List<AppliedStep> applied = new ArrayList<>();

    /// What a run runs with.
    ///
    /// @param session the one that works; nothing else uses it meanwhile
    /// @param history that the plan was made from, under the turn
    public record Setting(
            Database database,
            Session session,
            Turn turn,
            History history,
            MigrateOptions options,
            MigrateEvents events,
            Cancellation cancellation) {}

    private Runner(Scene scene, MigrationPlan plan) {
        this.scene = scene;
        this.plan = plan;
    }

    /// @param steps those of the plan that are meant now
    /// @return Done, Stopped or Waiting
    public static MigrateOutcome run(Setting setting, MigrationPlan plan, List<PlannedStep> steps)
            throws InterruptedException {
        try (var watch = new Watch(setting.session(), setting.cancellation())) {
            var writer =
                    new HistoryWriter(
                            setting.turn().lane(),
                            setting.turn().token(),
                            setting.options().who(),
                            plan.under());
            var scene =
                    new Scene(
                            setting.database(),
                            setting.session(),
                            setting.turn(),
                            watch,
                            writer,
                            setting.history(),
                            setting.options(),
                            setting.events());
            var runner = new Runner(scene, plan);
            var outcome = runner.run(steps);
            runner.flush();
            return outcome;
        }
    }

    private MigrateOutcome run(List<PlannedStep> steps) throws InterruptedException {
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            if (scene.watch().asked()) {
                var problem = Problem.error(MigrateCode.INTERRUPTED, "interrupted before " + step);
                return stopped(
                        new StepResult.Failed(problem, Again.NEVER, List.of(), new Checks(step)),
                        steps,
                        i);
            }
            if (step.accepted()) {
                int end = i;
                while (end < steps.size()
                        && steps.get(end).accepted()
                        && end - i < RECORDED_TOGETHER) {
                    end++;
                }
                var wrong = accept(steps.subList(i, end));
                if (wrong != null) {
                    return stopped(wrong, steps, i);
                }
                i = end - 1;
                continue;
            }
            scene.tell(new MigrateEvent.Started(step));
            long began = Ticker.SYSTEM.nanos();
            switch (attempts(step)) {
                case StepResult.Done done -> finished(step, done.rows(), began);
                case StepResult.Waits waits -> {
                    return new MigrateOutcome.Waiting(applied, List.of(waits.wanted()));
                }
                case StepResult.Failed failed -> {
                    return stopped(failed, steps, i);
                }
            }
        }
        return new MigrateOutcome.Done(plan.hash(), applied, behind(steps));
    }

    private List<MigrationKey> behind(List<PlannedStep> steps) {
        return plan.background().stream()
                .filter(step -> !steps.contains(step))
                .map(step -> step.migration().key())
                .distinct()
                .toList();
    }

    private void finished(PlannedStep step, long rows, long began) {
        var took = Duration.ofNanos(Ticker.SYSTEM.nanos() - began);
        tellApplied(step, rows, took, false);
    }

    private void tellApplied(PlannedStep step, long rows, Duration took, boolean recorded) {
        var one =
                new AppliedStep(
                        step.migration().key(),
                        step.migration().version(),
                        step.direction(),
                        step.index(),
                        rows,
                        took,
                        recorded);
        applied.add(one);
        scene.tell(new MigrateEvent.Finished(one));
    }

    private MigrateOutcome stopped(StepResult.Failed failed, List<PlannedStep> steps, int at) {
        var step = steps.get(at);
        var problem = failed.problem();
        if (!failed.stays().isEmpty()) {
            var evidence = new ArrayList<>(problem.evidence());
            evidence.addAll(failed.stays());
            problem = problem.withEvidence(evidence);
        }
        var failure =
                new StepFailure(
                        step.migration().key(),
                        step.migration().version(),
                        step.index(),
                        problem,
                        failed.stays());
        scene.tell(new MigrateEvent.Failed(failure));
        var notTried =
                steps.subList(at + 1, steps.size()).stream()
                        .map(one -> one.migration().key())
                        .filter(key -> !key.equals(step.migration().key()))
                        .distinct()
                        .toList();
        return new MigrateOutcome.Stopped(applied, failure, notTried);
    }

    /// Records steps that have run before, several in one transaction.
    private StepResult.@org.jspecify.annotations.Nullable Failed accept(List<PlannedStep> steps) {
        var rows = new ArrayList<String>();
        for (var step : steps) {
            rows.add(
                    scene.writer()
                            .record(
                                    new HistoryWriter.Row(
                                            step,
                                            "pg_catalog.now()",
                                            Outcome.ACCEPTED,
                                            0,
                                            Map.of("takenFrom", scene.options().gooseTable()))));
        }
        try {
            HistoryWriter.inTransaction(scene.session(), rows);
        } catch (SQLException e) {
            var failure = new Failures.StatementFailed(java.util.Optional.empty(), e);
            var step = steps.getFirst();
            return new Failures(scene, step).of(failure, List.of(), new Checks(step));
        }
        steps.forEach(step -> tellApplied(step, 0, Duration.ZERO, true));
        return null;
    }

    /// Attempts a step as often as it may be.
    private StepResult attempts(PlannedStep step) throws InterruptedException {
        int locks = 0;
        int told = 0;
        while (true) {
            var result = attempt(step);
            if (!(result instanceof StepResult.Failed failed)) {
                return result;
            }
            boolean soon = failed.again() == Again.SOON && ++locks < scene.options().lockAttempts();
            boolean again =
                    failed.again() != Again.NEVER && !soon && told < step.step().header().retries();
            if (!soon) {
                record(step, failed);
            }
            if (!soon && !again) {
                return failed;
            }
            told += again ? 1 : 0;
            Pauses.beforeLock(scene, step, why(failed.problem()), again ? told : locks);
        }
    }

    /// With who holds the locks, where that is known.
    private static String why(Problem problem) {
        return problem.evidence().isEmpty()
                ? problem.what()
                : problem.what() + "; " + problem.evidence().getFirst();
    }

    private StepResult attempt(PlannedStep step) throws InterruptedException {
        if (!(step.step() instanceof Step.Data data)) {
            return sql(step, StepText.sql(step.step()).orElseThrow(), step.facts());
        }
        return switch (data.script()) {
            case Script.Inline inline -> sql(step, inline.sql(), step.facts());
            case Script.File file -> sql(step, file.sql(), step.facts());
            case Script.Url url -> fetched(step, url);
            case Script.Exec exec -> new Program(scene, step, exec).attempt();
            case Script.Instructions text -> new Instructions(scene, step, text).attempt();
            case Script.Backfill backfill -> new Backfills(scene, step, backfill).attempt();
        };
    }

    private StepResult sql(PlannedStep step, SqlText sql, List<Facts> facts)
            throws InterruptedException {
        return StepText.whole(step.step(), facts)
                ? new Transaction(scene, step, Statements.of(facts)).attempt()
                : new Parts(scene, step, sql, facts).attempt();
    }

    private StepResult fetched(PlannedStep step, Script.Url url) throws InterruptedException {
        try {
            var place = step.step().header().place();
            var text = Download.fetch(url, place, scene.options().largestDownload());
            var facts = text.statements().stream().map(Classifier::classify).toList();
            return sql(step, text, facts);
        } catch (ProblemException e) {
            var problem = e.problems().getFirst();
            var again = problem.code() == MigrateCode.DOWNLOAD_FAILED ? Again.AS_TOLD : Again.NEVER;
            return new StepResult.Failed(problem, again, List.of(), new Checks(step));
        }
    }

    /// An attempt that failed is in the history too, where the database still takes a row.
    private void record(PlannedStep step, StepResult.Failed failed) {
        var detail = new LinkedHashMap<String, Object>(failed.checks().detail());
        detail.put("code", failed.problem().code().name());
        detail.put("error", failed.problem().what());
        if (!failed.stays().isEmpty()) {
            detail.put("stays", failed.stays());
        }
        try {
            Statements.ours(scene.session(), Transaction.CLEAN);
            scene.writer()
                    .write(
                            scene.session(),
                            new HistoryWriter.Row(
                                    step, "pg_catalog.now()", Outcome.FAILED, 0, detail));
        } catch (SQLException | Failures.StatementFailed _) {
            // the outcome says it; the row would only have kept it
        }
    }

    private void flush() {
        try {
            if (!applied.isEmpty() && scene.session().isOpen()) {
                scene.writer().flush(scene.session());
            }
        } catch (SQLException _) {
            // then the server is gone, and what it had not written yet runs again
        }
    }
}
