package dev.fairlead.engine.life;

import dev.fairlead.deploy.history.ExecutionReport;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.util.List;

/// The executions of an environment that are still told of, the oldest first.
///
/// @param revision the newest revision; 0 for none
/// @param revisions the kept ones, ascending
public record HistoryReport(
        EnvironmentRef ref, long revision, List<Long> revisions, List<ExecutionReport> executions) {
    public HistoryReport {
        revisions = List.copyOf(revisions);
        executions = List.copyOf(executions);
    }
}
