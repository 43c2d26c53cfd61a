package dev.fairlead.engine.schema;

import dev.fairlead.migrate.history.Applied;
import dev.fairlead.migrate.lint.Finding;
import dev.fairlead.migrate.lint.LintOptions;
import dev.fairlead.migrate.lint.Linter;
import dev.fairlead.migrate.lint.LiveFacts;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlannedStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What lint finds in what a plan would run.
public final class Findings {
    private Findings() {}

    /// The plan with its findings.
    ///
    /// @param files every migration, those that have run too: what they made is known to hold data
    public static MigrationPlan in(MigrationPlan plan, List<Migration> files) {
        return in(plan, files, LiveFacts.NONE);
    }

    /// The same, weighed by the sizes of the database's tables.
    public static MigrationPlan in(MigrationPlan plan, List<Migration> files, LiveFacts live) {
        return plan.with(of(plan, files, live));
    }

    /// What goose has run already is only recorded: it counts as applied.
    public static List<Finding> of(MigrationPlan plan, List<Migration> files, LiveFacts live) {
        var done = plan.applied().stream().map(Applied::id).collect(Collectors.toSet());
        var runs = runs(plan);
        plan.migrations().stream()
                .filter(one -> !runs.contains(one))
                .forEach(one -> done.add(one.id()));
        var ran = files.stream().filter(one -> done.contains(one.id())).toList();
        return Linter.lint(runs, live, LintOptions.DEFAULTS.after(ran));
    }

    /// The migrations of which something runs, in order.
    public static List<Migration> runs(MigrationPlan plan) {
        return plan.steps().stream()
                .filter(step -> !step.accepted())
                .map(PlannedStep::migration)
                .distinct()
                .toList();
    }

    /// `{rule, severity, key, step, file, line, column, what, hint}`
    public static Map<String, Object> tree(Finding finding) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("rule", finding.rule());
        tree.put("severity", finding.severity().word());
        tree.put("key", finding.key().text());
        tree.put("step", finding.step() + 1);
        tree.put("file", finding.place().file());
        tree.put("line", finding.place().line());
        tree.put("column", finding.place().column());
        tree.put("what", finding.what());
        tree.put("hint", finding.hint());
        return tree;
    }
}
