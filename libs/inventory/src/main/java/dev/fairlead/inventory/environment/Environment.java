package dev.fairlead.inventory.environment;

import dev.fairlead.inventory.image.Image;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.util.SortedMap;
import java.util.TreeMap;

/// An environment with every value evaluated: what shall be.
///
/// @param images those that its units run from and that have to be there, by name
public record Environment(
        Outline outline, SortedMap<UnitName, Unit> units, SortedMap<String, Image> images) {
    /// One without images.
    public Environment(Outline outline, SortedMap<UnitName, Unit> units) {
        this(outline, units, new TreeMap<>());
    }
}
