package dev.fairlead.deploy.journal;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.util.SortedSet;

/// What an execution is about to do: written before it acts.
///
/// @param inputHash of the desired state alone: a killed execution is resumed by one that wants the same
/// @param graph the units that are wanted; those of earlier executions stay in the record until they are removed
public record Intent(
        EnvironmentRef ref,
        TargetKind target,
        String command,
        String planHash,
        String inputHash,
        Graph graph,
        SortedSet<UnitName> starting,
        SortedSet<UnitName> removing) {}
