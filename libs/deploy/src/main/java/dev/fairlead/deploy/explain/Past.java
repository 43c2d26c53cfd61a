package dev.fairlead.deploy.explain;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.explain.Explanation.Link;
import dev.fairlead.deploy.explain.Explanation.RootCause;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Explains units that an environment does not have (any more): those that were removed, and those that the stack
/// declares and nobody started.
///
/// @param events the newest last
public record Past(List<Event> events, Instant now) {
    /// Whether the events tell of the unit.
    public boolean knows(UnitName unit) {
        return events.stream().anyMatch(event -> event.unit().filter(unit::equals).isPresent());
    }

    /// @param declared the stack has it
    public Explanation explain(UnitName unit, boolean declared) {
        var end =
                events.reversed().stream()
                        .filter(event -> event.unit().filter(unit::equals).isPresent())
                        .findFirst()
                        .filter(event -> event.kind() == Event.Kind.STOPPED);
        var cause = end.map(event -> ended(event, declared)).orElseGet(() -> never(declared));
        return explain(unit, cause, end.map(Event::time).orElse(now));
    }

    /// One that is not there for a known reason.
    public Explanation explain(UnitName unit, Cause cause) {
        return explain(unit, cause, now);
    }

    private static Explanation explain(UnitName unit, Cause cause, Instant since) {
        return new Explanation(
                unit,
                UnitState.STOPPED,
                since,
                Optional.of(new RootCause(unit, cause.of(unit), since)),
                List.of(new Link(unit, new TreeSet<>())),
                Optional.empty(),
                Optional.empty());
    }

    private static Cause ended(Event event, boolean declared) {
        return new Cause(
                CauseCode.STOPPED_BY_USER,
                event.what() + " by " + event.execution(),
                List.of(
                        declared
                                ? "run `fairlead up` to start it again"
                                : "it is not in the stack; `fairlead logs UNIT` shows the output that it left"),
                List.of());
    }

    private static Cause never(boolean declared) {
        return declared
                ? new Cause(
                        CauseCode.NOT_STARTED,
                        "the stack has it, and nothing of it was started here",
                        List.of(),
                        List.of())
                : new Cause(
                        CauseCode.STOPPED_BY_USER,
                        "it is not in the stack, and nothing of it runs",
                        List.of("`fairlead logs UNIT` shows the output that it left"),
                        List.of());
    }
}
