package dev.fairlead.migrate.plan;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.history.Intent;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.Facts.InTransaction;
import dev.fairlead.migrate.sql.Groups;
import dev.fairlead.migrate.sql.aftermath.Aftermath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Parts in which a process died, and what to do about them.
public final class Unfinished {
    /// Commands that do no harm when they run twice.
    private static final Set<String> REPEATABLE =
            Set.of("VACUUM", "ANALYZE", "CLUSTER", "CHECKPOINT", "ALTER SYSTEM", "DISCARD");

    private Unfinished() {}

    /// What the next run does about a part in which a process died.
    public enum Way {
        /// It left nothing, or may run twice.
        AGAIN,
        /// The catalogue knows: it is asked.
        ASK,
        /// Nobody knows but a person who looks.
        PERSON
    }

    /// @param group the part; empty for a program
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public static Way of(PlannedStep step, Optional<Groups.Group> group) {
        if (group.isEmpty()) {
            return step.step().header().idempotent() ? Way.AGAIN : Way.PERSON;
        }
        if (group.get().run() != Groups.Run.ALONE) {
            return Way.AGAIN; // its note that it is done is in its own transaction
        }
        var facts = group.get().statements().getFirst();
        if (facts.effects().stream().anyMatch(effect -> Aftermath.of(effect).isPresent())) {
            return Way.ASK;
        }
        boolean harmless =
                REPEATABLE.contains(facts.command())
                        || facts.command().startsWith("REINDEX")
                        || facts.inTransaction() == InTransaction.CONTROLS;
        return harmless || step.step().header().idempotent() ? Way.AGAIN : Way.PERSON;
    }

    /// The problems that only a person can solve, of the steps that would run.
    static List<Problem> of(List<PlannedStep> steps, History history) {
        if (history.intents().isEmpty()) {
            return List.of();
        }
        var problems = new ArrayList<Problem>();
        for (var step : steps) {
            for (var intent : history.intents()) {
                if (belongs(intent, step)
                        && intent.finished().isEmpty()
                        && of(step, group(step, intent.part())) == Way.PERSON) {
                    problems.add(problem(step, intent));
                }
            }
        }
        return problems;
    }

    /// Whether a note is about a step.
    public static boolean belongs(Intent intent, PlannedStep step) {
        return intent.migration().equals(step.migration().id())
                && intent.direction() == step.direction()
                && intent.step() == step.index();
    }

    private static Optional<Groups.Group> group(PlannedStep step, int part) {
        if (step.step() instanceof Step.Data data && data.script() instanceof Script.Exec) {
            return Optional.empty();
        }
        var groups =
                StepText.sql(step.step())
                        .map(sql ->
                                StepParts.of(
                                        StepText.transactional(step.step()), sql, step.facts()))
                        .orElse(List.of());
        return part < groups.size() ? Optional.of(groups.get(part)) : Optional.empty();
    }

    private static Problem problem(PlannedStep step, Intent intent) {
        var name = step.migration().id() + "#" + (step.index() + 1);
        var what =
                group(step, intent.part())
                        .map(group -> group.statements().getFirst())
                        .map(Facts::command)
                        .orElse("its program");
        return Problem.error(
                        MigrateCode.MIGRATION_UNFINISHED,
                        step.step().header().place(),
                        "%s of %s began at %s and nobody saw it end"
                                .formatted(what, name, intent.started()))
                .withHint(
                        "look at the database; then fairlead migrate repair --done %s, or --again %s, with a --reason"
                                .formatted(name, name));
    }
}
