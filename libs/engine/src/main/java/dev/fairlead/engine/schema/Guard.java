package dev.fairlead.engine.schema;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.engine.EngineCode;
import dev.fairlead.migrate.history.Approval;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.lint.Compatibility;
import dev.fairlead.migrate.lint.Compatibility.Reason;
import dev.fairlead.migrate.lint.Finding;
import dev.fairlead.migrate.lint.LiveFacts;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.MigrationPlan;
import java.util.List;

/// What stands between a plan of migrations and its database: what the rules find there, with the sizes that its tables
/// have now, and what a process of before may still need.
///
/// @param plan with the findings at its steps
/// @param refused errors of the rules; none when somebody has approved exactly this plan
/// @param contracts what takes a table or a column away; none when somebody has approved exactly this plan
record Guard(MigrationPlan plan, List<Problem> refused, List<Problem> contracts) {
    /// @param files every migration
    static Guard of(MigrationPlan bare, List<Migration> files, LiveFacts live, History history) {
        var findings = Findings.of(bare, files, live);
        var plan = bare.with(findings);
        if (approved(bare, history)) {
            return new Guard(plan, List.of(), List.of());
        }
        return new Guard(
                plan,
                findings.stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .map(Guard::refused)
                        .toList(),
                Compatibility.of(Findings.runs(bare), live).values().stream()
                        .flatMap(one -> one.contracts().stream())
                        .filter(Reason::takesAway)
                        .map(Guard::contract)
                        .toList());
    }

    private static boolean approved(MigrationPlan plan, History history) {
        return history.approvals().stream()
                .filter(one -> one.kind() == Approval.Kind.PLAN)
                .filter(one -> one.database().equals(plan.database()))
                .anyMatch(one ->
                        one.subject().equals(plan.hash()) || one.subject().equals(plan.under()));
    }

    private static Problem refused(Finding finding) {
        return Problem.error(
                        EngineCode.MIGRATION_REFUSED,
                        finding.place(),
                        finding.rule() + ": " + finding.what())
                .withHint(
                        "%s; or say why it may be: -- fairlead:ignore %s: REASON"
                                .formatted(finding.hint(), finding.rule()));
    }

    private static Problem contract(Reason reason) {
        return Problem.error(EngineCode.CONTRACT_TOO_EARLY, reason.place(), reason.what());
    }
}
