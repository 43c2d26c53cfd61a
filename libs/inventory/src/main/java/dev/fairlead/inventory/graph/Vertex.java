package dev.fairlead.inventory.graph;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;

/// A unit as the graph sees it.
public record Vertex(
        UnitName name, Stage stage, Presence presence, boolean eager, List<Reference> references) {
    /// Whether a unit is there.
    public enum Presence {
        HERE,
        /// It has nothing for the target: whoever waits for it need not.
        ABSENT,
        /// Its `when` leaves it out: nobody may depend on it.
        DISABLED
    }

    /// A name that the unit gives as one that it needs.
    public record Reference(UnitName unit, Place place) {}
}
