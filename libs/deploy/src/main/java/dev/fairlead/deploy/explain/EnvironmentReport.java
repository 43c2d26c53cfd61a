package dev.fairlead.deploy.explain;

import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// An environment now.
///
/// @param state the state of the whole: ready when every unit is, stopped when there is none
/// @param atWork who is changing it at the moment
/// @param last the running or else the last execution
/// @param units in the order in which they start
/// @param notes what a person should know: that services.yaml could not be read, that an execution was killed
public record EnvironmentReport(
        EnvironmentRef ref,
        TargetKind target,
        UnitState state,
        Optional<EnvironmentRecord.Lease> atWork,
        Optional<EnvironmentRecord.Execution> last,
        List<UnitReport> units,
        List<String> notes) {
    public EnvironmentReport {
        units = List.copyOf(units);
        notes = List.copyOf(notes);
    }

    /// The same environment with some of its units; its state stays that of the whole.
    public EnvironmentReport of(Predicate<UnitName> shown) {
        var some = units.stream().filter(unit -> shown.test(unit.name())).toList();
        return new EnvironmentReport(ref, target, state, atWork, last, some, notes);
    }

    public Optional<UnitReport> find(UnitName unit) {
        return units.stream().filter(report -> report.name().equals(unit)).findFirst();
    }
}
