package dev.fairlead.migrate;

import dev.fairlead.migrate.MigrateOutcome.AppliedStep;
import dev.fairlead.migrate.MigrateOutcome.StepFailure;
import dev.fairlead.migrate.lock.Holder;
import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlannedStep;
import java.time.Duration;
import java.util.Optional;

/// What happens during a run, in its order.
public sealed interface MigrateEvent {
    /// It is known what will run.
    record Planned(MigrationPlan plan) implements MigrateEvent {}

    /// Somebody else changed the schema since the last run; from here on that is a part of it.
    record Drifted(Drift drift) implements MigrateEvent {}

    /// Another migrator is at work; said once per holder and then every few seconds.
    ///
    /// @param left how long this one still waits
    record WaitingForTurn(Holder heldBy, Duration left) implements MigrateEvent {}

    record Started(PlannedStep step) implements MigrateEvent {}

    /// @param rows changed so far
    /// @param seen rows that lie behind it, of about `estimate`
    /// @param rate rows seen a second
    /// @param left empty while nobody can tell
    record Progressed(
            PlannedStep step,
            long rows,
            long seen,
            long estimate,
            long rate,
            Optional<Duration> left)
            implements MigrateEvent {}

    /// An attempt failed, and the step is tried again after a pause.
    record Retrying(PlannedStep step, String why, int attempt, Duration pause)
            implements MigrateEvent {}

    /// Something a person may want to know: a file was split into groups, an invalid index was dropped.
    record Noted(PlannedStep step, String what) implements MigrateEvent {}

    record Finished(AppliedStep step) implements MigrateEvent {}

    record Failed(StepFailure failure) implements MigrateEvent {}
}
