package dev.fairlead.engine.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The shape of `migrate status` for people.
public final class StatusLines {
    private StatusLines() {}

    public static List<String> of(Map<String, Object> status) {
        var lines = new ArrayList<String>();
        for (var one : list(status, "applied")) {
            boolean complete = Boolean.TRUE.equals(one.get("complete"));
            lines.add("%s %s%s".formatted(complete ? "applied" : "partly ", id(one), by(one)));
        }
        for (var one : list(status, "pending")) {
            lines.add("pending %s step %s%s".formatted(id(one), one.get("step"), flags(one)));
        }
        for (var one : list(status, "changed")) {
            lines.add("changed %s step %s".formatted(id(one), one.get("step")));
        }
        for (var one : list(status, "missing")) {
            lines.add("unknown %s%s: no file of it is here".formatted(id(one), by(one)));
        }
        addDrift(status, lines);
        lines.add(
                "%s: %d applied, %d pending, %d changed, %d unknown%s"
                        .formatted(
                                status.get("database"),
                                list(status, "applied").size(),
                                list(status, "pending").size(),
                                list(status, "changed").size(),
                                list(status, "missing").size(),
                                drifts(status)
                                        ? ", differs from what the last run left in %d"
                                                .formatted(list(status, "drift").size())
                                        : ""));
        return lines;
    }

    private static void addDrift(Map<String, Object> status, List<String> lines) {
        for (var one : list(status, "drift")) {
            lines.add("drift   " + drift(one));
        }
        if (status.get("schema") instanceof Map<?, ?> schema
                && schema.containsKey("then")
                && !Boolean.TRUE.equals(schema.get("known"))) {
            lines.add("drift   not known: the last run ended before it wrote the schema down");
        }
    }

    /// Whether the database is not where the files are.
    public static boolean differs(Map<String, Object> status) {
        return !list(status, "pending").isEmpty()
                || !list(status, "changed").isEmpty()
                || drifts(status);
    }

    private static boolean drifts(Map<String, Object> status) {
        return status.get("drift") instanceof List<?> drift && !drift.isEmpty();
    }

    private static String flags(Map<?, ?> pending) {
        if (Boolean.TRUE.equals(pending.get("recorded"))) {
            return " (goose has run it: the next `up` records it)";
        }
        return Boolean.TRUE.equals(pending.get("background")) ? " (background)" : "";
    }

    /// As {@link dev.fairlead.migrate.catalogue.Snapshot.Difference} has it.
    private static String drift(Map<?, ?> one) {
        if (one.get("property") == null) {
            return (one.get("is") == null ? "- " : "+ ") + one.get("object");
        }
        return "~ %s %s: %s -> %s"
                .formatted(
                        one.get("object"),
                        one.get("property"),
                        Objects.requireNonNullElse(one.get("was"), "nothing"),
                        Objects.requireNonNullElse(one.get("is"), "nothing"));
    }

    private static String id(Map<?, ?> one) {
        return one.get("key") + "@" + one.get("version");
    }

    private static String by(Map<?, ?> one) {
        return one.get("since") == null ? "" : "  " + one.get("since") + "  " + one.get("who");
    }

    private static List<Map<?, ?>> list(Map<String, Object> status, String key) {
        var found = new ArrayList<Map<?, ?>>();
        if (status.get(key) instanceof List<?> list) {
            list.forEach(item -> {
                if (item instanceof Map<?, ?> map) {
                    found.add(map);
                }
            });
        }
        return found;
    }
}
