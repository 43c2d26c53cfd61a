package dev.fairlead.migrate.plan;

import dev.fairlead.diagnostic.Severity;
import dev.fairlead.migrate.history.Applied;
import dev.fairlead.migrate.history.Approval;
import dev.fairlead.migrate.lint.Finding;
import dev.fairlead.migrate.lint.LintOptions;
import dev.fairlead.migrate.lint.Linter;
import dev.fairlead.migrate.lint.LiveFacts;
import dev.fairlead.migrate.model.ApprovalRule;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.MigrationPlan.Demand;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Who must approve what of the steps that are to run.
final class Demands {
    private final List<Migration> pending;
    private final List<Finding> findings;

    private Demands(List<Migration> pending, List<Finding> findings) {
        this.pending = pending;
        this.findings = findings;
    }

    /// @param all migrations of the database; what lint knows of those that have run decides how much it finds
    /// @param given the approvals of this plan for this database
    /// @return those that nobody has met
    static List<Demand> open(
            List<PlannedStep> steps,
            Collection<Migration> all,
            Map<String, Applied> applied,
            List<Approval> given) {
        var pending =
                steps.stream()
                        .filter(step -> !step.accepted())
                        .map(PlannedStep::migration)
                        .distinct()
                        .toList();
        var names = given.stream().map(Approval::who).collect(Collectors.toSet());
        return new Demands(pending, findings(pending, all, applied))
                .all().stream()
                        .filter(demand ->
                                demand.by().isEmpty()
                                        ? names.isEmpty()
                                        : demand.by().stream().noneMatch(names::contains))
                        .toList();
    }

    /// Weighed without the sizes of tables, so that the same plan asks for the same approvals in every database.
    private static List<Finding> findings(
            List<Migration> pending, Collection<Migration> all, Map<String, Applied> applied) {
        boolean asked =
                pending.stream()
                        .flatMap(migration -> migration.rules().stream())
                        .anyMatch(rule -> rule.lint().isPresent());
        if (!asked) {
            return List.of();
        }
        var ran = all.stream().filter(one -> applied.containsKey(one.id())).toList();
        return Linter.lint(pending, LiveFacts.NONE, LintOptions.DEFAULTS.after(ran));
    }

    private List<Demand> all() {
        var demands = new ArrayList<Demand>();
        for (var migration : pending) {
            for (var rule : migration.rules()) {
                if (rule.lint().isEmpty() || finds(migration, rule.lint().get())) {
                    demands.add(new Demand(migration, rule.by(), why(rule)));
                }
            }
        }
        return demands.stream().distinct().toList();
    }

    private boolean finds(Migration migration, Severity least) {
        return findings.stream()
                .anyMatch(finding ->
                        finding.key().equals(migration.key())
                                && finding.severity().compareTo(least) <= 0);
    }

    private static String why(ApprovalRule rule) {
        var reasons = new ArrayList<String>();
        rule.tag().ifPresent(tag -> reasons.add("tag " + tag));
        rule.owner().ifPresent(owner -> reasons.add("owner " + owner));
        rule.stability()
                .ifPresent(stability ->
                        reasons.add(
                                "stability "
                                        + stability.name().toLowerCase(java.util.Locale.ROOT)));
        rule.lint().ifPresent(severity -> reasons.add("lint " + severity.word()));
        return String.join(", ", reasons);
    }
}
