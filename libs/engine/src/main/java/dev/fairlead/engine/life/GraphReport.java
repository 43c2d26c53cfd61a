package dev.fairlead.engine.life;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.history.CriticalPath;
import dev.fairlead.deploy.history.ExecutionReport;
import dev.fairlead.deploy.history.UnitTime;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Optional;
import java.util.SortedMap;

/// The units of an environment with their edges, and how long they took.
///
/// @param last the last execution that started something
/// @param times how each unit's last step ended, in whichever execution
/// @param path what the end of the last execution waited for
public record GraphReport(
        EnvironmentRef ref,
        Graph graph,
        Optional<ExecutionReport> last,
        SortedMap<UnitName, UnitTime> times,
        CriticalPath path) {}
