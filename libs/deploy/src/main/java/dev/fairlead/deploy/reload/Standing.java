package dev.fairlead.deploy.reload;

import java.time.Duration;
import java.util.Optional;

/// Is what is served what lies on the disk?
///
/// @param current the last change is served
/// @param editToServed from the first edit of the last change until it was ready; empty where the command reloads itself
/// @param failedBuild the last lines of a build that failed; the old process goes on
public record Standing(
        boolean current, Optional<Duration> editToServed, Optional<String> failedBuild) {
    static final Standing CURRENT = new Standing(true, Optional.empty(), Optional.empty());
    static final Standing BEHIND = new Standing(false, Optional.empty(), Optional.empty());
}
