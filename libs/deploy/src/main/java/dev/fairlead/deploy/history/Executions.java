package dev.fairlead.deploy.history;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.Event.Fact;
import dev.fairlead.deploy.history.UnitTime.End;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Folds the events of an environment into its executions. Takes the events in their order, each once.
public final class Executions {
    private static final String BETWEEN_EXECUTIONS = "-";

    private final Map<String, Draft> drafts = new LinkedHashMap<>();

    /// Takes the next event.
    public void take(Event event) {
        if (!event.execution().equals(BETWEEN_EXECUTIONS)) {
            drafts.computeIfAbsent(event.execution(), id -> new Draft(id, event.time()))
                    .take(event);
        }
    }

    /// The executions, the oldest first.
    ///
    /// @param running the one that is at work now
    public List<ExecutionReport> list(Optional<String> running) {
        return drafts.values().stream().map(draft -> draft.report(running)).toList();
    }

    /// An execution, as far as the events have told of it.
    private static final class Draft {
        private final String id;
        private final Instant began;
        private final Map<UnitName, UnitTime> units = new LinkedHashMap<>();
        private final Map<Fact, String> facts = new LinkedHashMap<>();
        private Optional<Duration> took = Optional.empty();
        private String what = "";
        private boolean ended;

        Draft(String id, Instant began) {
            this.id = id;
            this.began = began;
        }

        void take(Event event) {
            facts.putAll(event.facts());
            if (event.unit().isPresent()) {
                unit(event, event.unit().get());
                return;
            }
            switch (event.kind()) {
                case PLANNED -> what = event.what();
                case FINISHED -> {
                    ended = true;
                    what = event.what();
                    took = event.took().or(() -> Optional.of(between(began, event.time())));
                }
                case STARTED, PROGRESS, WAITING, READY, FAILED, STOPPED -> {}
            }
        }

        private void unit(Event event, UnitName unit) {
            switch (event.kind()) {
                case STARTED ->
                        units.put(
                                unit,
                                new UnitTime(
                                        unit,
                                        event.stage(),
                                        event.time(),
                                        Optional.empty(),
                                        End.OPEN,
                                        event.what()));
                case READY -> ended(event, unit, End.READY);
                case STOPPED -> ended(event, unit, End.STOPPED);
                case FAILED -> {
                    // What was not tried took no time.
                    if (event.took().isPresent()) {
                        ended(event, unit, End.FAILED);
                    }
                }
                case PLANNED, PROGRESS, WAITING, FINISHED -> {}
            }
        }

        private void ended(Event event, UnitName unit, End end) {
            var known = Optional.ofNullable(units.get(unit));
            var from =
                    known.map(UnitTime::began)
                            .orElseGet(
                                    () -> event.time().minus(event.took().orElse(Duration.ZERO)));
            units.put(
                    unit,
                    new UnitTime(
                            unit,
                            event.stage(),
                            from,
                            event.took().or(() -> Optional.of(between(from, event.time()))),
                            end,
                            event.what()));
        }

        ExecutionReport report(Optional<String> running) {
            var word =
                    running.filter(id::equals).isPresent()
                            ? ExecutionReport.RUNNING
                            : ended ? outcome() : ExecutionReport.KILLED;
            return new ExecutionReport(
                    id,
                    Optional.ofNullable(facts.get(Fact.COMMAND))
                            .orElseGet(() -> id.replaceFirst("-\\d+$", "")),
                    facts.getOrDefault(Fact.BY, ""),
                    Optional.ofNullable(facts.get(Fact.PLAN)).filter(hash -> !hash.equals("-")),
                    began,
                    took,
                    word,
                    what,
                    Optional.ofNullable(facts.get(Fact.REVISION)).map(Long::valueOf),
                    List.copyOf(units.values()));
        }

        /// Events of older versions tell the outcome in their sentence only.
        private String outcome() {
            var word = facts.get(Fact.OUTCOME);
            if (word != null) {
                return word;
            }
            return what.startsWith("done") || what.startsWith("nothing")
                    ? "ready"
                    : what.replaceFirst("[^a-z].*", "");
        }

        // The clock may have been set back meanwhile.
        private static Duration between(Instant from, Instant to) {
            return to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
        }
    }
}
