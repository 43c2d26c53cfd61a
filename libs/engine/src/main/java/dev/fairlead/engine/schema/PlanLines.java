package dev.fairlead.engine.schema;

import dev.fairlead.migrate.Rehearsal;
import dev.fairlead.migrate.history.Entry.Direction;
import dev.fairlead.migrate.lint.Finding;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlannedStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A migration plan for people.
///
/// @param reason one clause, the same whether it is approved or not: `2 migrations pending, 1 finding`
/// @param lines one a step, with what lint found below it, and what stands against the plan at the end
public record PlanLines(String reason, List<String> lines) {
    public PlanLines {
        lines = List.copyOf(lines);
    }

    public static PlanLines of(MigrationPlan plan) {
        var lines = new ArrayList<String>();
        recorded(plan).ifPresent(lines::add);
        for (var step : plan.steps()) {
            if (step.accepted()) {
                continue;
            }
            lines.add(line(step));
            step.findings().forEach(finding -> lines.add("    " + line(finding)));
        }
        if (!plan.unapproved().isEmpty()) {
            lines.add(
                    "waits for an approval: "
                            + String.join(
                                    "; ",
                                    plan.unapproved().stream().map(String::valueOf).toList()));
        }
        plan.problems().forEach(problem -> lines.add("refused: " + problem));
        return new PlanLines(reason(plan), lines);
    }

    /// What goose has run, in one line however much it is.
    private static Optional<String> recorded(MigrationPlan plan) {
        var taken = accepted(plan);
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        var names =
                taken.size() == 1
                        ? taken.getFirst().id()
                        : "%d migrations, %s to %s"
                                .formatted(
                                        taken.size(), taken.getFirst().id(), taken.getLast().id());
        return Optional.of("* recorded only, goose has run them: " + names);
    }

    private static List<Migration> accepted(MigrationPlan plan) {
        return plan.steps().stream()
                .filter(PlannedStep::accepted)
                .map(PlannedStep::migration)
                .distinct()
                .toList();
    }

    /// What a rehearsal found: one line a step, with the locks that it took below it.
    public static List<String> of(Rehearsal rehearsal) {
        return RehearsalLines.of(rehearsal);
    }

    private static String reason(MigrationPlan plan) {
        int taken = accepted(plan).size();
        int count = plan.migrations().size() - taken;
        var what = new StringBuilder();
        if (taken > 0) {
            what.append(taken).append(" to record");
        }
        if (taken > 0 && count > 0) {
            what.append(", ");
        }
        if (count == 0 && taken == 0) {
            what.append("nothing is pending");
        } else if (count > 0) {
            what.append(count)
                    .append(count == 1 ? " migration" : " migrations")
                    .append(plan.direction() == Direction.UP ? " pending" : " to undo");
        }
        long findings = plan.steps().stream().mapToLong(step -> step.findings().size()).sum();
        if (findings > 0) {
            what.append(", ").append(findings).append(findings == 1 ? " finding" : " findings");
        }
        if (!plan.problems().isEmpty()) {
            what.append(", refused: ").append(plan.problems().getFirst().what());
        }
        return what.toString();
    }

    private static String line(PlannedStep step) {
        var line = new StringBuilder(plan(step));
        step.step().header().description().ifPresent(text -> line.append(": ").append(text));
        var locks = step.locks().stream().map(lock -> lock.mode() + " on " + lock.table()).toList();
        if (!locks.isEmpty()) {
            line.append(" [").append(String.join(", ", locks)).append(']');
        }
        if (!step.transactional()) {
            line.append(" [no transaction]");
        }
        if (step.background()) {
            line.append(" [background]");
        }
        if (step.outOfOrder()) {
            line.append(" [out of order]");
        }
        return line.toString();
    }

    private static String plan(PlannedStep step) {
        return (step.direction() == Direction.UP ? "+ " : "- ") + step;
    }

    private static String line(Finding finding) {
        return finding.severity().word()
                + " "
                + finding.rule()
                + ": "
                + finding.what()
                + "; "
                + finding.hint();
    }
}
