package dev.fairlead.deploy.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// How the plan of now differs from one that was saved.
public final class PlanDifference {
    private PlanDifference() {}

    public static List<String> between(Plan saved, Plan now) {
        return between(PlanTree.of(saved), PlanTree.of(now));
    }

    /// The same for a saved plan of which only its tree is there: one sentence per unit whose change is another one.
    public static List<String> between(Map<String, Object> saved, Map<String, Object> now) {
        var before = actions(saved);
        var after = actions(now);
        var units = new TreeSet<>(before.keySet());
        units.addAll(after.keySet());
        var differences = new ArrayList<String>();
        for (var unit : units) {
            var was = before.getOrDefault(unit, "nothing");
            var is = after.getOrDefault(unit, "nothing");
            if (!was.equals(is)) {
                differences.add(unit + ": " + was + " was planned, " + is + " is due now");
            }
        }
        if (differences.isEmpty()) {
            differences.add(
                    String.valueOf(saved.get("inputHash"))
                                    .equals(String.valueOf(now.get("inputHash")))
                            ? "what is applied in the environment changed since"
                            : "the stack changed since");
        }
        return differences;
    }

    private static Map<String, String> actions(Map<String, Object> plan) {
        var actions = new TreeMap<String, String>();
        if (plan.get("changes") instanceof List<?> changes) {
            for (var entry : changes) {
                if (entry instanceof Map<?, ?> change) {
                    actions.put(String.valueOf(change.get("unit")), words(change));
                }
            }
        }
        return actions;
    }

    private static String words(Map<?, ?> change) {
        var paths = new ArrayList<String>();
        if (change.get("fields") instanceof List<?> fields) {
            for (var field : fields) {
                if (field instanceof Map<?, ?> entry) {
                    paths.add(entry.get("path") + " = " + entry.get("to"));
                }
            }
        }
        var action = String.valueOf(change.get("action"));
        return paths.isEmpty() ? action : action + " (" + String.join(", ", paths) + ")";
    }
}
