package dev.fairlead.deploy.journal;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.EnvironmentRecord.Execution;
import dev.fairlead.deploy.journal.EnvironmentRecord.Lease;
import dev.fairlead.deploy.journal.Store.Holder;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The record of an environment that was brought up.
public final class SlotRecords {
    private SlotRecords() {}

    /// @param atWork whether somebody changes it now
    public static Map<String, Object> of(EnvironmentRef ref, boolean atWork, Instant finished) {
        return RecordTree.of(
                new EnvironmentRecord(
                        ref,
                        TargetKind.LOCAL,
                        1,
                        atWork
                                ? Optional.of(
                                        new Lease(
                                                new Holder("1", "fairlead up (pid 1)"), "up-1", 0))
                                : Optional.empty(),
                        Optional.empty(),
                        Optional.of(
                                new Execution(
                                        "up-1",
                                        "up",
                                        "-",
                                        "-",
                                        finished,
                                        Optional.of(finished),
                                        Optional.of("ready"))),
                        Graph.EMPTY,
                        new TreeMap<>(),
                        1));
    }
}
