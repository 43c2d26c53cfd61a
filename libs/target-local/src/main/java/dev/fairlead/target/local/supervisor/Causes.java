package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.local.system.Exit;
import dev.fairlead.target.local.system.Listeners;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// Certain failures, in words.
final class Causes {
    private Causes() {}

    static Cause exited(Exit exit, Duration lived, List<String> lastLines) {
        return new Cause(
                CauseCode.EXITED,
                exit + " after " + seconds(lived),
                List.of("read the last lines of its output", "run `fairlead up` when it is mended"),
                lastLines);
    }

    static Cause gaveUp(Exit exit, Duration lived, int tries, List<String> lastLines) {
        return new Cause(
                CauseCode.EXITED,
                "%s after %s; it was started again %d times and never stayed ready"
                        .formatted(exit, seconds(lived), tries),
                List.of("read the last lines of its output", "run `fairlead up` when it is mended"),
                lastLines);
    }

    static Cause task(String what, List<String> lastLines) {
        return new Cause(
                CauseCode.TASK_FAILED,
                what,
                List.of("read its output", "run `fairlead up`: it runs again"),
                lastLines);
    }

    static Cause build(String what, List<String> lastLines) {
        return new Cause(
                CauseCode.BUILD_FAILED,
                what,
                List.of("correct what the build complains about; saving the file builds again"),
                lastLines);
    }

    static Cause notStarted(String why) {
        return new Cause(CauseCode.COMMAND_MISSING, why, List.of(), List.of());
    }

    /// The first of the ports that somebody else listens on.
    static Optional<Cause> portTaken(SortedMap<String, Integer> ports) {
        if (ports.isEmpty()) {
            return Optional.empty();
        }
        var listeners = Listeners.now();
        for (var port : ports.entrySet()) {
            var holder =
                    listeners.has(port.getValue())
                            ? Listeners.holderOf(port.getValue())
                            : Optional.<Listeners.Holder>empty();
            if (holder.isPresent()) {
                return Optional.of(portTaken(port, holder.get()));
            }
        }
        return Optional.empty();
    }

    private static Cause portTaken(Map.Entry<String, Integer> port, Listeners.Holder holder) {
        return new Cause(
                CauseCode.PORT_TAKEN,
                "port %d (%s) is held by %s"
                        .formatted(port.getValue(), port.getKey(), holder.description()),
                List.of(
                        "end that process, or give the unit another port",
                        "`auto` finds a free one with the next `fairlead up`"),
                List.of());
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
