package dev.fairlead.migrate;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlannedStep;
import java.time.Duration;
import java.util.List;

/// What happened when a plan was run as a whole, in one transaction that was rolled back. Nothing of it stays, but for
/// what no transaction undoes: the next value of a sequence, what a statement did outside of the database.
///
/// @param steps those of the plan, in its order
public record Rehearsal(MigrationPlan plan, List<Rehearsed> steps) {
    public Rehearsal {
        steps = List.copyOf(steps);
    }

    /// What became of one step.
    public sealed interface Rehearsed {
        PlannedStep step();

        /// It ran.
        ///
        /// @param locks on what others use too, in the order of taking
        record Ran(PlannedStep step, Duration took, long rows, List<Held> locks)
                implements Rehearsed {
            public Ran {
                locks = List.copyOf(locks);
            }
        }

        /// It cannot be rehearsed, or not after one before it that could not.
        record Left(PlannedStep step, String why) implements Rehearsed {}

        /// It would fail. What comes after it was not tried.
        record Failed(PlannedStep step, Problem problem) implements Rehearsed {}

        record NotTried(PlannedStep step) implements Rehearsed {}
    }

    /// A lock that a step took on what was there before it.
    ///
    /// @param relation with its schema, as others know it
    /// @param mode as PostgreSQL writes it: `ACCESS EXCLUSIVE`
    /// @param held from the beginning of the statement that took it to the end of the step, and so at most
    public record Held(String relation, String mode, Duration held) {}

    /// Why a run of this plan would fail; empty when all that could be rehearsed went well.
    public List<Problem> problems() {
        return steps.stream()
                .<Problem>mapMulti((step, tell) -> {
                    if (step instanceof Rehearsed.Failed failed) {
                        tell.accept(failed.problem());
                    }
                })
                .toList();
    }
}
