package dev.fairlead.cli.live;

import dev.fairlead.cli.live.Row.State;
import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where every unit of an execution stands: a plan, folded with the events that follow it. Not safe for several threads.
final class Progress {
    /// Texts of events that say no more than the column of the state does.
    private static final Set<String> SAID_BY_THE_STATE =
            Set.of("ready", "starts", "is removed", "removed", "is taken down", "stopped");

    /// How the text of an event begins whose unit was not tried, because what it waits for failed.
    private static final String NOT_TRIED = "not started: ";

    /// Ends that the rows of the table show, unit by unit.
    private static final Pattern SAID_BY_THE_ROWS =
            Pattern.compile("(done|failed): (?!recorded).*");

    private final Map<UnitName, Row> rows = new LinkedHashMap<>();
    private final Set<UnitName> leaving = new HashSet<>();
    private final Instant began;
    private final boolean removal;
    private String title = "";
    private String outcome = "";

    /// Nothing is known yet.
    ///
    /// @param removal whether units are taken down: what begins then is an end
    Progress(boolean removal, Instant now) {
        this.removal = removal;
        this.began = now;
    }

    Progress(Plan plan, Instant now) {
        this(false, now);
        this.title = plan.environment() + " on " + plan.target();
        for (var step : plan.steps()) {
            var state = stays(plan, step.unit()) ? State.READY : State.PENDING;
            rows.put(step.unit(), Row.planned(step, state, now));
        }
        for (var change : plan.changes()) {
            if (change.action() == Plan.Action.PRUNE) {
                leaving.add(change.unit());
            }
            if (!rows.containsKey(change.unit())) {
                rows.put(change.unit(), unplanned(change.unit(), "", now));
            }
        }
    }

    /// A unit that keeps running as it is: nothing will be said about it.
    private static boolean stays(Plan plan, UnitName unit) {
        return plan.changes().stream()
                        .filter(change -> change.unit().equals(unit))
                        .allMatch(change -> change.action() == Plan.Action.KEEP)
                && plan.starts().stream().noneMatch(start -> start.unit().equals(unit))
                && plan.restarts().stream().noneMatch(restart -> restart.unit().equals(unit));
    }

    private static Row unplanned(UnitName unit, String stage, Instant now) {
        return new Row(unit, stage, State.PENDING, now, new TreeSet<>(), "", Optional.empty());
    }

    void add(Event event) {
        if (event.unit().isEmpty()) {
            if (event.kind() == Event.Kind.FINISHED) {
                outcome = event.what();
            } else if (event.kind() == Event.Kind.PLANNED && title.isEmpty()) {
                title = event.what();
            }
            return;
        }
        var unit = event.unit().get();
        var row = rows.get(unit);
        if (row == null) {
            var stage = event.stage().map(Object::toString).orElse("");
            row = unplanned(unit, stage, event.time());
        }
        rows.put(unit, row.in(after(event, row), event.time(), event.what(), event.took()));
    }

    private State after(Event event, Row row) {
        return switch (event.kind()) {
            case STARTED ->
                    removal || leaving.contains(row.unit()) ? State.STOPPING : State.STARTING;
            case PROGRESS -> row.state() == State.PENDING ? State.STARTING : row.state();
            case READY -> State.READY;
            case FAILED -> event.what().startsWith(NOT_TRIED) ? State.SKIPPED : State.FAILED;
            case STOPPED -> State.STOPPED;
            case WAITING, PLANNED, FINISHED -> row.state();
        };
    }

    List<Row> rows() {
        return List.copyOf(rows.values());
    }

    String title() {
        return title;
    }

    Instant began() {
        return began;
    }

    /// What the execution said at its end, where the rows do not say it; empty before.
    String outcome() {
        return SAID_BY_THE_ROWS.matcher(outcome).matches() ? "" : outcome;
    }

    /// Between the title and the counts.
    String colon() {
        return title.isEmpty() ? "" : removal ? " · " : ": ";
    }

    /// What a row waits for, or what was last said about it.
    String remark(Row row) {
        if (row.state() != State.PENDING) {
            return SAID_BY_THE_STATE.contains(row.what()) ? "" : row.what();
        }
        var open =
                row.waitsFor().stream()
                        .filter(unit -> rows.containsKey(unit) && !isReady(unit))
                        .map(UnitName::value)
                        .collect(Collectors.joining(", "));
        return open.isEmpty() ? row.what() : open;
    }

    private boolean isReady(UnitName unit) {
        var row = rows.get(unit);
        return row != null && row.state() == State.READY;
    }
}
