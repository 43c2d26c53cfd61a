package dev.fairlead.inventory.evaluate;

import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.unit.UnitName;
import java.util.SortedMap;

/// An outline with what is needed to evaluate it.
///
/// @param units the models of its units
public record Prepared(Outline outline, Scope scope, SortedMap<UnitName, UnitModel> units) {}
