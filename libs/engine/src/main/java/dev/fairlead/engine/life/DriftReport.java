package dev.fairlead.engine.life;

import dev.fairlead.deploy.target.Drift;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import java.util.List;

/// What lives differently from what was applied last.
///
/// @param revision the newest revision; 0 for none
/// @param drifts by unit
public record DriftReport(
        EnvironmentRef ref, TargetKind target, long revision, List<Drift> drifts) {
    public DriftReport {
        drifts = List.copyOf(drifts);
    }
}
