package dev.fairlead.engine;

import dev.fairlead.deploy.target.Target;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.util.List;

/// An environment that was found, at its target.
///
/// @param notes how it was found, where that is worth saying
record Located(EnvironmentRef ref, Target target, List<String> notes) {}
