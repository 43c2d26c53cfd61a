package dev.fairlead.deploy.explain;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.EnvironmentRecord.Execution;
import dev.fairlead.deploy.journal.EnvironmentRecord.Result;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// What is to be said of the last execution when it did not end well: how, when, at which step, and how it goes on.
record LastExecution(Scene scene, Graph graph, SortedMap<UnitName, UnitState> states) {
    private static final int MOST_NAMED = 5;

    /// A note without a full stop; empty while one is at work, after a good end, and when everything is ready since.
    Optional<String> note() {
        if (scene.holderAlive()) {
            return Optional.empty();
        }
        boolean killed = scene.record().flatMap(EnvironmentRecord::lease).isPresent();
        return scene.record()
                .flatMap(EnvironmentRecord::execution)
                .filter(last -> killed || isOpen(last))
                .map(last -> last.id() + " " + words(last) + goesOn(last));
    }

    /// How it ended, as the end of a sentence: `was interrupted`, `failed`, `was killed`.
    static String end(Execution last) {
        return switch (last.outcome().orElse("killed")) {
            case "ready" -> "is done without it";
            case "failed" -> "failed";
            case "stuck" -> "ran out of time";
            case "killed" -> "was killed";
            case "interrupted" -> "was interrupted";
            case String other -> "ended as " + other;
        };
    }

    private boolean isOpen(Execution last) {
        return switch (last.outcome().orElse("killed")) {
            case "failed", "stuck", "interrupted" ->
                    states.values().stream().anyMatch(state -> state != UnitState.READY);
            case String _ -> false;
        };
    }

    private String words(Execution last) {
        var ago =
                last.finished().map(end -> " " + ago(Duration.between(end, scene.now())) + " ago");
        return end(last)
                + ago.orElse(" before it ended")
                + step(last).map(step -> ", " + step).orElse("");
    }

    /// What it was at when it ended.
    private Optional<String> step(Execution last) {
        var failed = having(Set.of(Result.FAILED));
        if (last.outcome().filter(word -> !word.equals("interrupted")).isPresent()) {
            return failed.isEmpty()
                    ? Optional.of("not because of a unit: `fairlead events` says why")
                    : Optional.of("at " + names(failed));
        }
        var open = having(Set.of(Result.INTENDED, Result.REMOVING));
        var begun = open.stream().filter(unit -> begunIn(last, unit)).toList();
        if (!begun.isEmpty()) {
            return Optional.of("while it started " + names(begun));
        }
        return open.isEmpty() ? Optional.empty() : Optional.of("before " + names(open));
    }

    private boolean begunIn(Execution last, UnitName unit) {
        return Optional.ofNullable(scene.statuses().get(unit))
                .filter(status -> status.state() == UnitState.STARTING)
                .filter(status -> !status.since().isBefore(last.started()))
                .isPresent();
    }

    private List<UnitName> having(Set<Result> results) {
        var units = scene.record().map(EnvironmentRecord::units).orElseThrow();
        var found = new ArrayList<UnitName>();
        for (var unit : graph.order()) {
            var entry = units.get(unit);
            if (entry != null && results.contains(entry.result())) {
                found.add(unit);
            }
        }
        return found;
    }

    private static String goesOn(Execution last) {
        return last.command().equals("down")
                ? "; `fairlead down` goes on from there"
                : "; the next `fairlead up` goes on from there";
    }

    private static String names(List<UnitName> units) {
        var shown =
                units.stream()
                        .limit(MOST_NAMED)
                        .map(UnitName::value)
                        .collect(Collectors.joining(", "));
        int more = units.size() - MOST_NAMED;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    private static String ago(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min";
        }
        return seconds < 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
    }
}
