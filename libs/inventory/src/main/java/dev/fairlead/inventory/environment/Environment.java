package dev.fairlead.inventory.environment;

import java.util.SortedMap;

/// An environment with every value evaluated: what shall be.
public record Environment(Outline outline, SortedMap<UnitName, Unit> units) {}
