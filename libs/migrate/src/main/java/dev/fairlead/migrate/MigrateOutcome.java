package dev.fairlead.migrate;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.history.Entry.Direction;
import dev.fairlead.migrate.lock.Holder;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Version;
import java.time.Duration;
import java.util.List;

/// How a run ended. Half-done is an outcome.
public sealed interface MigrateOutcome {
    /// @param took by the migrator's own clock; zero for what was only recorded
    /// @param recorded whether it did not run, because it had run before
    record AppliedStep(
            MigrationKey key,
            Version version,
            Direction direction,
            int step,
            long rows,
            Duration took,
            boolean recorded) {}

    /// @param stays what the failed step left in the database, a sentence each; empty when it left nothing
    record StepFailure(
            MigrationKey key, Version version, int step, Problem problem, List<String> stays) {
        public StepFailure {
            stays = List.copyOf(stays);
        }
    }

    /// What was to run has run.
    ///
    /// @param applied in order; empty when there was nothing to do
    /// @param background migrations that nobody waits for and that are not done yet
    record Done(String planHash, List<AppliedStep> applied, List<MigrationKey> background)
            implements MigrateOutcome {
        public Done {
            applied = List.copyOf(applied);
            background = List.copyOf(background);
        }
    }

    /// A step failed; what ran before it stays.
    record Stopped(List<AppliedStep> applied, StepFailure failed, List<MigrationKey> notTried)
            implements MigrateOutcome {
        public Stopped {
            applied = List.copyOf(applied);
            notTried = List.copyOf(notTried);
        }
    }

    /// Another migrator was at work for as long as was waited.
    record Busy(Holder heldBy) implements MigrateOutcome {}

    /// A person has to do something first: approve, or work by hand.
    ///
    /// @param wanted `APPROVAL_NEEDED` or `WORK_NEEDED`, with the instructions as evidence
    record Waiting(List<AppliedStep> applied, List<Problem> wanted) implements MigrateOutcome {
        public Waiting {
            applied = List.copyOf(applied);
            wanted = List.copyOf(wanted);
        }
    }

    /// Nothing was run: the plan's problems.
    record Refused(List<Problem> why) implements MigrateOutcome {
        public Refused {
            why = List.copyOf(why);
        }
    }

    /// What to tell the user; empty when all is done.
    default List<Problem> problems() {
        return switch (this) {
            case Done _ -> List.of();
            case Stopped stopped -> List.of(stopped.failed().problem());
            case Busy busy ->
                    List.of(
                            Problem.error(
                                    MigrateCode.MIGRATOR_BUSY,
                                    "the database is being migrated by " + busy.heldBy()));
            case Waiting waiting -> waiting.wanted();
            case Refused refused -> refused.why();
        };
    }
}
