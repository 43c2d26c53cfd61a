package dev.fairlead.engine;

import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.explain.Explanation;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// Why units are not ready.
///
/// @param asked the unit that was asked about; absent for the whole environment
/// @param explanations of the asked unit; else of every unit that is not ready, those to blame first, and none when all are
/// @param obstacle what stands against applying the stack as it is now; looked for where else nothing would be said
/// @param places where the stack declares its units
public record Explained(
        EnvironmentReport environment,
        Optional<UnitName> asked,
        List<Explanation> explanations,
        Optional<Problem> obstacle,
        SortedMap<UnitName, Place> places) {
    public Explained {
        explanations = List.copyOf(explanations);
    }
}
