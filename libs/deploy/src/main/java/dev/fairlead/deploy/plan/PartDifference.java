package dev.fairlead.deploy.plan;

import dev.fairlead.document.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How what a unit of a kind of its own would do differs between two plans: a sentence for each item that only one of them
/// has, and for each value that changed.
final class PartDifference {
    private static final int LONGEST = 100;

    private final String unit;
    private final List<String> differences = new ArrayList<>();

    private PartDifference(String unit) {
        this.unit = unit;
    }

    /// @param was the part of the saved plan as {@link PlanTree} has it
    /// @param is that of the plan of now
    static List<String> between(String unit, Map<String, Object> was, Map<String, Object> is) {
        var difference = new PartDifference(unit);
        difference.member("state", was.get("state"), is.get("state"));
        difference.members(was.get("plan"), is.get("plan"));
        return difference.differences;
    }

    private void members(@Nullable Object was, @Nullable Object is) {
        if (!(was instanceof Map<?, ?> before && is instanceof Map<?, ?> after)) {
            return;
        }
        var keys = new TreeSet<String>();
        before.keySet().forEach(key -> keys.add(String.valueOf(key)));
        after.keySet().forEach(key -> keys.add(String.valueOf(key)));
        keys.remove("hash"); // follows from the rest
        keys.forEach(key -> member(key, before.get(key), after.get(key)));
    }

    private void member(String key, @Nullable Object was, @Nullable Object is) {
        if (Json.canonical(was).equals(Json.canonical(is))) {
            return;
        }
        if (was instanceof List<?> || is instanceof List<?>) {
            items(key, labels(was), labels(is));
            return;
        }
        differences.add("%s: %s was %s, is %s now".formatted(unit, key, text(was), text(is)));
    }

    private void items(String key, Map<String, String> was, Map<String, String> is) {
        var all = new LinkedHashSet<>(was.keySet());
        all.addAll(is.keySet());
        for (var label : all) {
            var before = was.get(label);
            var now = is.get(label);
            if (now == null) {
                differences.add(
                        "%s: %s %s was planned, is not due any more".formatted(unit, key, label));
            } else if (before == null) {
                differences.add("%s: %s %s is new".formatted(unit, key, label));
            } else if (!before.equals(now)) {
                differences.add("%s: %s %s is another one now".formatted(unit, key, label));
            }
        }
    }

    /// The items of a list by what they are called.
    private static Map<String, String> labels(@Nullable Object list) {
        var labels = new LinkedHashMap<String, String>();
        if (list instanceof List<?> items) {
            items.forEach(item -> labels.put(label(item), Json.canonical(item)));
        }
        return labels;
    }

    private static String label(Object item) {
        if (item instanceof Map<?, ?> map && map.get("key") != null) {
            return map.get("key") + "@" + map.get("version") + " step " + map.get("step");
        }
        return text(item);
    }

    private static String text(@Nullable Object value) {
        var text = Objects.requireNonNullElse(value, "not there").toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }
}
