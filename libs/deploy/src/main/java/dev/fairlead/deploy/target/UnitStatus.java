package dev.fairlead.deploy.target;

import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/// One unit as its target sees it now.
///
/// @param since when it came into this state
/// @param cause why it is not ready, where it is not: the last failing probe while starting, the certain failure when failed
/// @param url the address of its port `http`, or of its only port
/// @param appliedHash the hash of the content that it runs with
/// @param restarts how often it was started again by itself
/// @param reload for a unit with a `dev:` block
public record UnitStatus(
        UnitName unit,
        UnitState state,
        Instant since,
        Optional<Cause> cause,
        SortedMap<String, Integer> ports,
        Optional<String> url,
        Optional<Long> pid,
        Optional<String> appliedHash,
        int restarts,
        Optional<Reload> reload) {
    /// Hot reload: is what is served what lies on the disk?
    ///
    /// @param current the last change of the watched files is served
    /// @param editToServed how long the last change took from the edit until it was ready again
    /// @param failedBuild the last lines of a build that failed; the old process serves meanwhile
    public record Reload(
            boolean current, Optional<Duration> editToServed, Optional<String> failedBuild) {}
}
