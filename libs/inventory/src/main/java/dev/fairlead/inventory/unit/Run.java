package dev.fairlead.inventory.unit;

import dev.fairlead.diagnostic.Marked;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a unit runs on the target `local`, every value evaluated.
///
/// @param workingDir relative to the root of the stack, `.` for the root itself; with `/` between its parts
/// @param readyTimeout the deadline of its step: from its start until it must be ready
/// @param timeout how long a task, or a run of an agent, may take at most
public record Run(
        Work work,
        String workingDir,
        SortedMap<String, Marked> env,
        SortedMap<String, Integer> ports,
        Ready ready,
        Duration readyTimeout,
        Restart restart,
        Stop stop,
        Optional<Dev> dev,
        Optional<Duration> timeout) {
    public Run {
        env = Collections.unmodifiableSortedMap(new TreeMap<>(env));
        ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
    }
}
