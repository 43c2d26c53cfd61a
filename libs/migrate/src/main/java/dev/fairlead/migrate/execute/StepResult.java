package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Problem;
import java.util.List;

/// How one attempt of a step ended.
sealed interface StepResult {
    /// It is done and in the history.
    record Done(long rows) implements StepResult {}

    /// @param stays what it left in the database, a sentence each
    /// @param checks what the checks said, for the history
    record Failed(Problem problem, Again again, List<String> stays, Checks checks)
            implements StepResult {}

    /// A person has to do something first.
    record Waits(Problem wanted) implements StepResult {}

    /// Whether another attempt may help.
    enum Again {
        /// No.
        NEVER,
        /// When the step says so (`retries`).
        AS_TOLD,
        /// It was only a lock: soon.
        SOON
    }
}
