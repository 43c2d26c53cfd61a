package dev.fairlead.engine;

import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.explain.Explanation;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Optional;

/// Why units are not ready.
///
/// @param asked the unit that was asked about; absent for the whole environment
/// @param explanations of the asked unit; else of every unit that is not ready, those to blame first, and none when all are
public record Explained(
        EnvironmentReport environment, Optional<UnitName> asked, List<Explanation> explanations) {
    public Explained {
        explanations = List.copyOf(explanations);
    }
}
