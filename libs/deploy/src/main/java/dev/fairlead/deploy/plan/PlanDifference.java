package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.render.Desired;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// How the plan of now differs from one that was saved: one sentence per unit and field.
public final class PlanDifference {
    private final Side saved;
    private final Side now;
    private final List<String> differences = new ArrayList<>();

    private PlanDifference(Side saved, Side now) {
        this.saved = saved;
        this.now = now;
    }

    /// A plan as a tree, and what it wants each unit to be (masked): a unit that is created has no fields in its plan.
    public record Side(Map<String, Object> plan, SortedMap<String, Map<String, Object>> wanted) {
        public static Side of(Plan plan, Desired desired) {
            var wanted = new TreeMap<String, Map<String, Object>>();
            desired.units().forEach((unit, content) -> wanted.put(unit.value(), content.content()));
            return new Side(PlanTree.of(plan), wanted);
        }

        private SortedMap<String, Map<String, Object>> entries(String key) {
            var entries = new TreeMap<String, Map<String, Object>>();
            if (plan.get(key) instanceof List<?> list) {
                for (var entry : list) {
                    if (entry instanceof Map<?, ?> members) {
                        var copy = new LinkedHashMap<String, Object>();
                        members.forEach((name, value) -> copy.put(String.valueOf(name), value));
                        entries.put(name(copy), copy);
                    }
                }
            }
            return entries;
        }

        /// A unit of Kubernetes has a change for each object.
        private String name(Map<String, Object> entry) {
            var unit = String.valueOf(entry.get("unit"));
            boolean single = "kubernetes".equals(plan.get("target")) && entry.containsKey("object");
            return single ? unit + ", " + entry.get("object") : unit;
        }

        private List<String> notes() {
            return plan.get("notes") instanceof List<?> notes
                    ? notes.stream().map(String::valueOf).toList()
                    : List.of();
        }
    }

    public static List<String> between(Side saved, Side now) {
        var difference = new PlanDifference(saved, now);
        difference.units();
        difference.order();
        difference.parts();
        difference.notes();
        if (difference.differences.isEmpty()) {
            difference.differences.add(
                    String.valueOf(saved.plan().get("inputHash"))
                                    .equals(String.valueOf(now.plan().get("inputHash")))
                            ? "what is applied in the environment changed since"
                            : "the stack changed since");
        }
        return List.copyOf(difference.differences);
    }

    private void units() {
        var before = saved.entries("changes");
        var after = now.entries("changes");
        for (var unit : union(before, after)) {
            var was = action(before.get(unit));
            var is = action(after.get(unit));
            if (!was.equals(is)) {
                differences.add(unit + ": " + was + " was planned, " + is + " is due now");
            }
            var title = was.equals(is) ? unit + " (" + is + ")" : unit;
            if (saved.wanted().containsKey(unit) && now.wanted().containsKey(unit)) {
                fields(title, saved.wanted().get(unit), now.wanted().get(unit));
            }
            // A field that only one of the two has is there because something else is wanted: that
            // is said already.
            var once = applied(before.get(unit));
            var today = applied(after.get(unit));
            once.keySet().retainAll(today.keySet());
            today.keySet().retainAll(once.keySet());
            fields(title + ", as it is applied", once, today);
        }
    }

    private void order() {
        var before = saved.entries("order");
        var after = now.entries("order");
        for (var unit : union(before, after)) {
            if (before.containsKey(unit) && after.containsKey(unit)) {
                fields(unit, before.get(unit), after.get(unit));
            }
        }
    }

    /// What units of a kind of their own would do.
    private void parts() {
        var before = saved.entries("parts");
        var after = now.entries("parts");
        for (var unit : union(before, after)) {
            if (before.containsKey(unit) && after.containsKey(unit)) {
                differences.addAll(PartDifference.between(unit, before.get(unit), after.get(unit)));
            }
        }
    }

    private void notes() {
        saved.notes().stream()
                .filter(note -> !now.notes().contains(note))
                .forEach(note -> differences.add("this does not hold any more: " + note));
        now.notes().stream()
                .filter(note -> !saved.notes().contains(note))
                .forEach(note -> differences.add("this is new: " + note));
    }

    private void fields(String title, Map<String, Object> was, Map<String, Object> is) {
        for (var field : Fields.between(was, is)) {
            differences.add(title + ": " + sentence(field));
        }
    }

    private static String sentence(Plan.Field field) {
        var from = field.from();
        var to = field.to();
        if (from.isPresent() && to.isPresent()) {
            return field.path() + " was " + from.get() + ", is " + to.get() + " now";
        }
        return from.isPresent()
                ? field.path() + " was " + from.get() + ", is not there any more"
                : field.path() + " is new: " + to.orElse("");
    }

    private static String action(@Nullable Map<String, Object> change) {
        return Optional.ofNullable(change)
                .map(known -> String.valueOf(known.get("action")))
                .orElse("nothing");
    }

    /// What the fields of a change say of what is applied.
    private static Map<String, Object> applied(@Nullable Map<String, Object> change) {
        var applied = new TreeMap<String, Object>();
        if (change != null && change.get("fields") instanceof List<?> fields) {
            for (var field : fields) {
                if (field instanceof Map<?, ?> entry && entry.get("from") != null) {
                    applied.put(
                            String.valueOf(entry.get("path")), String.valueOf(entry.get("from")));
                }
            }
        }
        return applied;
    }

    private static Set<String> union(Map<String, ?> one, Map<String, ?> other) {
        var keys = new TreeSet<>(one.keySet());
        keys.addAll(other.keySet());
        return keys;
    }
}
