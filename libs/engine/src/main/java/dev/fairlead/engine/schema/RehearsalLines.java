package dev.fairlead.engine.schema;

import dev.fairlead.migrate.Rehearsal;
import dev.fairlead.migrate.Rehearsal.Held;
import dev.fairlead.migrate.Rehearsal.Rehearsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What a rehearsal found, for people and as a plain tree.
final class RehearsalLines {
    private RehearsalLines() {}

    /// One line a step, and the locks that it took below it.
    static List<String> of(Rehearsal rehearsal) {
        var lines = new ArrayList<String>();
        for (var one : rehearsal.steps()) {
            switch (one) {
                case Rehearsed.Ran(var step, var took, var rows, var locks) -> {
                    lines.add(
                            "went well in %s, %,d rows: %s"
                                    .formatted(EventText.span(took), rows, step));
                    locks.forEach(lock -> lines.add("    " + line(lock)));
                }
                case Rehearsed.Left(var step, var why) ->
                        lines.add("not rehearsed: %s: %s".formatted(step, why));
                case Rehearsed.Failed(var step, _) -> lines.add("would fail: " + step);
                case Rehearsed.NotTried(var step) -> lines.add("not tried: " + step);
            }
        }
        lines.add(summary(rehearsal));
        return lines;
    }

    private static String line(Held lock) {
        return "%s on %s, held %s at most"
                .formatted(lock.mode(), lock.relation(), EventText.span(lock.held()));
    }

    private static String summary(Rehearsal rehearsal) {
        var counts =
                rehearsal.steps().stream()
                        .collect(
                                Collectors.groupingBy(
                                        RehearsalLines::outcome,
                                        LinkedHashMap::new,
                                        Collectors.counting()));
        var said =
                counts.entrySet().stream()
                        .map(one -> one.getValue() + " " + one.getKey())
                        .collect(Collectors.joining(", "));
        return "%s: %s; all of it was rolled back"
                .formatted(
                        rehearsal.plan().databaseName(),
                        said.isEmpty() ? "nothing to rehearse" : said);
    }

    private static String outcome(Rehearsed one) {
        return switch (one) {
            case Rehearsed.Ran _ -> "rehearsed";
            case Rehearsed.Left _ -> "not rehearsed";
            case Rehearsed.Failed _ -> "failed";
            case Rehearsed.NotTried _ -> "not tried";
        };
    }

    /// `[{key, version, step, outcome, ms?, rows?, locks[{relation, mode, ms}]?, why?}]`
    static List<Map<String, Object>> tree(Rehearsal rehearsal) {
        return rehearsal.steps().stream().map(RehearsalLines::tree).toList();
    }

    private static Map<String, Object> tree(Rehearsed one) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("key", one.step().migration().key().text());
        tree.put("version", one.step().migration().version().toString());
        tree.put("step", one.step().index() + 1);
        tree.put("outcome", outcome(one));
        switch (one) {
            case Rehearsed.Ran(_, var took, var rows, var locks) -> {
                tree.put("ms", took.toMillis());
                tree.put("rows", rows);
                tree.put("locks", locks.stream().map(RehearsalLines::tree).toList());
            }
            case Rehearsed.Left(_, var why) -> tree.put("why", why);
            case Rehearsed.Failed(_, var problem) -> tree.put("why", problem.what());
            case Rehearsed.NotTried _ -> {}
        }
        return tree;
    }

    private static Map<String, Object> tree(Held lock) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("relation", lock.relation());
        tree.put("mode", lock.mode());
        tree.put("ms", lock.held().toMillis());
        return tree;
    }
}
