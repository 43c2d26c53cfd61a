package dev.fairlead.migrate.plan;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.history.Applied;
import dev.fairlead.migrate.history.Entry.Direction;
import dev.fairlead.migrate.lint.Finding;
import dev.fairlead.migrate.model.Migration;
import java.util.List;

/// What would run in a database, and what stands against it.
///
/// @param hash of the steps that run, their order and checksums; approvals are bound to it
/// @param under the hash that its rows carry: its own, or that of the approved plan of which it is the rest
/// @param database the identity of the database that it was made for
/// @param databaseName for people
/// @param steps in the order of running; those of background migrations come last
/// @param applied migrations of which all steps hold, in the order of completion
/// @param changed applied steps whose text is another one now
/// @param missing applied migrations that nobody here knows, in the order of completion
/// @param outOfOrder migrations that would run although a later number of their folder has run
/// @param unapproved migrations that wait for somebody's approval of this plan, with who may give it
/// @param problems what keeps it from running: changed steps, wrong order, half-done parts, a missing way down
public record MigrationPlan(
        String hash,
        String under,
        String database,
        String databaseName,
        Direction direction,
        List<PlannedStep> steps,
        List<Applied> applied,
        List<Changed> changed,
        List<Applied> missing,
        List<Migration> outOfOrder,
        List<Demand> unapproved,
        List<Problem> problems) {
    /// An applied step whose text is another one now.
    ///
    /// @param was the checksum that was applied
    /// @param diff lines with ` `, `-`, `+` in front
    public record Changed(Migration migration, int step, String was, String is, List<String> diff) {
        public Changed {
            diff = List.copyOf(diff);
        }
    }

    /// A migration that somebody must approve.
    ///
    /// @param by names of whom one must; empty: anybody
    /// @param why the conditions of the rule that says so; empty when the migration itself does
    public record Demand(Migration migration, List<String> by, String why) {
        public Demand {
            by = List.copyOf(by);
        }

        /// `ada or grace must approve core.db.add@1.0.0 (tag pii)`.
        @Override
        public String toString() {
            var owners = migration.meta().owners();
            var who = by.isEmpty() ? owners : by;
            return "%s must approve %s%s"
                    .formatted(
                            who.isEmpty() ? "somebody" : String.join(" or ", who),
                            migration.id(),
                            why.isEmpty() ? "" : " (" + why + ")");
        }
    }

    public MigrationPlan {
        steps = List.copyOf(steps);
        applied = List.copyOf(applied);
        changed = List.copyOf(changed);
        missing = List.copyOf(missing);
        outOfOrder = List.copyOf(outOfOrder);
        unapproved = List.copyOf(unapproved);
        problems = List.copyOf(problems);
    }

    /// Whether there is nothing that anybody waits for, and nothing stands against it.
    public boolean nothingToDo() {
        return blocking().isEmpty() && problems.isEmpty();
    }

    /// The steps that a run runs and a deploy waits for.
    public List<PlannedStep> blocking() {
        return steps.stream().filter(step -> !step.background()).toList();
    }

    /// The steps of migrations that nobody waits for.
    public List<PlannedStep> background() {
        return steps.stream().filter(PlannedStep::background).toList();
    }

    /// The migrations of the steps, in order, each once.
    public List<Migration> migrations() {
        return steps.stream().map(PlannedStep::migration).distinct().toList();
    }

    /// The same plan with the difference of each changed step shown, as far as the old text is kept.
    ///
    /// @param sources texts by checksum
    public MigrationPlan withSources(java.util.Map<String, String> sources) {
        return Differences.shown(this, sources);
    }

    MigrationPlan with(List<Changed> shown, List<Problem> told) {
        return new MigrationPlan(
                hash,
                under,
                database,
                databaseName,
                direction,
                steps,
                applied,
                shown,
                missing,
                outOfOrder,
                unapproved,
                told);
    }

    /// The same plan with what lint found, each finding at its step. The hash stays.
    public MigrationPlan with(List<Finding> findings) {
        var with =
                steps.stream()
                        .map(step ->
                                step.with(
                                        findings.stream()
                                                .filter(finding ->
                                                        finding.key().equals(step.migration().key())
                                                                && finding.step() == step.index())
                                                .toList()))
                        .toList();
        return new MigrationPlan(
                hash,
                under,
                database,
                databaseName,
                direction,
                with,
                applied,
                changed,
                missing,
                outOfOrder,
                unapproved,
                problems);
    }
}
