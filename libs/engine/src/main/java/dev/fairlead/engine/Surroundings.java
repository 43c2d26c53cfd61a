package dev.fairlead.engine;

import java.time.Clock;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What the engine knows of the process that it works in.
///
/// @param variables the process environment
/// @param caller this process, for whoever finds the lease taken: `fairlead up (pid 4711) of ada on laptop`
public record Surroundings(Clock clock, Map<String, String> variables, String caller) {
    public Surroundings {
        variables = Collections.unmodifiableMap(new TreeMap<>(variables));
    }
}
