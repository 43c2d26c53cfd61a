package dev.fairlead.migrate.plan;

import dev.fairlead.migrate.history.Entry.Direction;
import dev.fairlead.migrate.lint.Finding;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.sql.Facts;
import java.util.List;

/// A step that a plan runs.
///
/// @param index of the step in the migration's `up` or `down`
/// @param transactional whether all of it happens, with the history's row, or none
/// @param facts of its statements, in their order; empty where they are not known before (a URL, a program)
/// @param accepted whether it is recorded without running, because it has run already (take-over of a goose database)
/// @param outOfOrder whether a later number of its folder has run before
/// @param background whether nobody waits for it
public record PlannedStep(
        Migration migration,
        int index,
        Step step,
        Direction direction,
        String checksum,
        boolean transactional,
        List<Facts> facts,
        List<Finding> findings,
        boolean accepted,
        boolean outOfOrder,
        boolean background) {
    public PlannedStep {
        facts = List.copyOf(facts);
        findings = List.copyOf(findings);
    }

    /// `schema`, `data`, `validation`.
    public String kind() {
        return step.kind();
    }

    /// How many steps the migration has in this direction.
    public int of() {
        return Math.max(
                1, direction == Direction.UP ? migration.up().size() : migration.down().size());
    }

    /// On tables, without repetition, in the order of the statements.
    public List<Facts.Lock> locks() {
        return facts.stream().flatMap(one -> one.locks().stream()).distinct().toList();
    }

    /// `key@1.2.0 step 1 of 3 (schema)`.
    @Override
    public String toString() {
        return "%s step %d of %d (%s)".formatted(migration.id(), index + 1, of(), kind());
    }

    /// Whether it takes something away that older programs may need.
    public boolean contract() {
        return facts.stream().anyMatch(Facts::destructive);
    }

    /// A step of `up` that is only recorded.
    public static PlannedStep recorded(Migration migration, int index) {
        var steps = Planner.steps(migration, Direction.UP);
        return Planner.planned(migration, index, steps.get(index), Direction.UP)
                .flagged(true, false, false);
    }

    PlannedStep flagged(boolean taken, boolean late, boolean behind) {
        return new PlannedStep(
                migration,
                index,
                step,
                direction,
                checksum,
                transactional,
                facts,
                findings,
                taken,
                late,
                behind);
    }

    PlannedStep with(List<Finding> more) {
        return new PlannedStep(
                migration,
                index,
                step,
                direction,
                checksum,
                transactional,
                facts,
                more,
                accepted,
                outOfOrder,
                background);
    }
}
