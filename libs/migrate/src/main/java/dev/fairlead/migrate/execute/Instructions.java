package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.execute.Failures.StatementFailed;
import dev.fairlead.migrate.history.Approval;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.store.HistoryWriter;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// A step that a person does. It is done when somebody said so for exactly this text and this database.
public final class Instructions {
    private final Scene scene;
    private final PlannedStep step;
    private final Script.Instructions instructions;
    private final Checks checks;

    Instructions(Scene scene, PlannedStep step, Script.Instructions instructions) {
        this.scene = scene;
        this.step = step;
        this.instructions = instructions;
        this.checks = new Checks(step);
    }

    /// What an approval of a step's work is about.
    public static String subject(PlannedStep step) {
        return step.migration().id() + "#" + (step.index() + 1) + ":" + step.checksum();
    }

    StepResult attempt() {
        var header = step.step().header();
        try {
            var said = said();
            if (said.isEmpty()) {
                var wrong = checks.ask(scene.session(), "pre", header.preChecks());
                return wrong.map(this::failed).orElseGet(this::waits);
            }
            var wrong = checks.ask(scene.session(), "post", header.postChecks());
            if (wrong.isPresent()) {
                return failed(wrong.get());
            }
            var detail = new LinkedHashMap<>(checks.detail());
            detail.put("approvedBy", said.get().who());
            detail.put("comment", said.get().comment());
            scene.writer()
                    .write(
                            scene.session(),
                            new HistoryWriter.Row(
                                    step,
                                    HistoryWriter.at(said.get().given()),
                                    Outcome.ACCEPTED,
                                    0,
                                    detail));
            return new StepResult.Done(0);
        } catch (SQLException e) {
            return new Failures(scene, step)
                    .of(new StatementFailed(Optional.empty(), e), List.of(), checks);
        }
    }

    private StepResult failed(Problem problem) {
        return new StepResult.Failed(problem, StepResult.Again.NEVER, List.of(), checks);
    }

    private StepResult waits() {
        return new StepResult.Waits(
                Problem.error(
                                MigrateCode.WORK_NEEDED,
                                step.step().header().place(),
                                step + " is work for a person")
                        .withHint(
                                "do it, then: fairlead migrate approve --done "
                                        + step.migration().key())
                        .withEvidence(instructions.text().lines().toList()));
    }

    private Optional<Approval> said() {
        return scene.history().approvals().stream()
                .filter(approval ->
                        approval.kind() == Approval.Kind.DONE
                                && approval.database().equals(scene.history().database())
                                && approval.subject().equals(subject(step)))
                .findFirst();
    }
}
