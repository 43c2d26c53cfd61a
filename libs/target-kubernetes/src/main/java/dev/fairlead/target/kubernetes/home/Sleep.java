package dev.fairlead.target.kubernetes.home;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Objects that sleep: no pods, and an annotation with what they had. One write takes both, so nothing is forgotten. A
/// DaemonSet has no number of pods that could be none: it sleeps by asking for nodes that do not exist.
public final class Sleep {
    /// How many pods it had; of one that is suspended instead whether it was before.
    private static final String BEFORE = "fairlead.dev/before-sleep";

    /// A label that no node has.
    private static final String NOWHERE = "fairlead.dev/asleep";

    private static final Set<String> SCALED =
            Set.of("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController");
    private static final Set<String> SUSPENDED = Set.of("CronJob", "Job");
    private static final Set<String> ENDS = Set.of("Complete", "Failed");
    private static final String ON_EACH_NODE = "DaemonSet";

    /// Counts of pods in a status, those that are ending among them where the kind tells.
    private static final List<String> PODS =
            List.of(
                    "replicas",
                    "active",
                    "terminating",
                    "currentNumberScheduled",
                    "numberMisscheduled");

    private Sleep() {}

    /// Whether objects of a kind can sleep.
    public static boolean can(ObjectRef ref) {
        return SCALED.contains(ref.kind())
                || SUSPENDED.contains(ref.kind())
                || ref.kind().equals(ON_EACH_NODE);
    }

    /// Whether one sleeps.
    public static boolean is(Map<String, Object> tree) {
        return before(tree).isPresent();
    }

    /// Whether it has pods.
    public static boolean hasPods(Map<String, Object> tree) {
        return PODS.stream().anyMatch(key -> Trees.number(tree, "status", key).orElse(0L) > 0);
    }

    /// Whether the work of a Job is over, for good or bad: nothing of it is left to end.
    public static boolean isOver(Map<String, Object> job) {
        return Trees.maps(job, "status", "conditions").stream()
                .filter(one -> ENDS.contains(String.valueOf(one.get("type"))))
                .anyMatch(one -> "True".equals(one.get("status")));
    }

    private static Optional<String> before(Map<String, Object> tree) {
        return Trees.text(tree, "metadata", "annotations", BEFORE);
    }

    /// Puts an object to sleep; one that sleeps or has done its work stays as it is.
    ///
    /// @return what the object is now; empty when it is gone
    public static Optional<Map<String, Object>> begin(
            Home home, ObjectAddress at, Map<String, Object> tree) {
        var kind = at.resource().kind();
        if (is(tree) || (kind.equals("Job") && isOver(tree))) {
            return Optional.of(tree);
        }
        if (kind.equals(ON_EACH_NODE)) {
            return change(home, at, "awake", nodes("true"));
        }
        boolean scaled = SCALED.contains(kind);
        var had =
                scaled
                        ? Trees.number(tree, "spec", "replicas").map(String::valueOf).orElse("1")
                        : Trees.text(tree, "spec", "suspend").orElse("false");
        return change(home, at, had, scaled ? Map.of("replicas", 0) : Map.of("suspend", true));
    }

    /// @param nowhere null takes the wish away
    private static Map<String, ?> nodes(@Nullable String nowhere) {
        var selector = new LinkedHashMap<String, @Nullable Object>();
        selector.put(NOWHERE, nowhere);
        return Map.of("template", Map.of("spec", Map.of("nodeSelector", selector)));
    }

    /// Wakes an object with what it had; one that somebody woke meanwhile only forgets.
    public static Optional<Map<String, Object>> end(
            Home home, ObjectAddress at, Map<String, Object> tree) {
        var had = before(tree);
        if (had.isEmpty()) {
            return Optional.of(tree);
        }
        var kind = at.resource().kind();
        if (kind.equals(ON_EACH_NODE)) {
            return change(home, at, null, nodes(null));
        }
        if (SUSPENDED.contains(kind)) {
            return change(home, at, null, Map.of("suspend", Boolean.parseBoolean(had.get())));
        }
        boolean down = Trees.number(tree, "spec", "replicas").filter(now -> now > 0).isEmpty();
        boolean known = had.get().matches("\\d{1,9}");
        return change(
                home,
                at,
                null,
                down && known ? Map.of("replicas", Integer.parseInt(had.get())) : Map.of());
    }

    private static Optional<Map<String, Object>> change(
            Home home, ObjectAddress at, @Nullable String had, Map<String, ?> spec) {
        var annotations = new LinkedHashMap<String, @Nullable Object>();
        annotations.put(BEFORE, had);
        var patch = new LinkedHashMap<String, Object>();
        patch.put("metadata", Map.of("annotations", annotations));
        if (!spec.isEmpty()) {
            patch.put("spec", spec);
        }
        return switch (home.ask(() -> home.cluster().merge(at, patch))) {
            case Answer.Accepted(var now) -> Optional.of(now);
            case Answer.Refused(var refusal) -> {
                if (!refusal.notFound()) {
                    throw refusal.problem().thrown();
                }
                yield Optional.empty();
            }
        };
    }
}
