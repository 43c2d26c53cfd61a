package dev.fairlead.inventory.environment;

import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.util.SortedMap;

/// An environment with every value evaluated: what shall be.
public record Environment(Outline outline, SortedMap<UnitName, Unit> units) {}
