package dev.fairlead.engine;

import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.SortedMap;

/// An environment that was found, at its target.
///
/// @param places where the stack declares its units; empty when it cannot be read
/// @param leftOut why units of the stack have no part in it
/// @param notes how it was found, where that is worth saying
record Located(
        EnvironmentRef ref,
        Target target,
        SortedMap<UnitName, Place> places,
        SortedMap<UnitName, String> leftOut,
        List<String> notes) {}
