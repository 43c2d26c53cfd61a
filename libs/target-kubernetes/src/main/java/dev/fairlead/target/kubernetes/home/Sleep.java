package dev.fairlead.target.kubernetes.home;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Workloads that sleep: no pods, and an annotation with what they had. One write takes both, so nothing is forgotten.
public final class Sleep {
    /// How many pods it had; of a CronJob whether it was suspended.
    private static final String BEFORE = "fairlead.dev/before-sleep";

    private static final Set<String> SCALED =
            Set.of("Deployment", "StatefulSet", "ReplicaSet", "ReplicationController");

    private Sleep() {}

    /// Whether objects of a kind can sleep.
    public static boolean can(ObjectRef ref) {
        return SCALED.contains(ref.kind()) || ref.kind().equals("CronJob");
    }

    /// Whether one sleeps.
    public static boolean is(Map<String, Object> tree) {
        return before(tree).isPresent();
    }

    /// Whether sleep changes a field, by its path.
    public static boolean sets(String path) {
        return path.equals("spec.replicas") || path.equals("spec.suspend");
    }

    private static Optional<String> before(Map<String, Object> tree) {
        return Trees.text(tree, "metadata", "annotations", BEFORE);
    }

    /// Puts an object to sleep; one that sleeps stays as it is.
    ///
    /// @return what the object is now; empty when it is gone
    public static Optional<Map<String, Object>> begin(
            Home home, ObjectAddress at, Map<String, Object> tree) {
        if (is(tree)) {
            return Optional.of(tree);
        }
        boolean scaled = SCALED.contains(at.resource().kind());
        var had =
                scaled
                        ? Trees.number(tree, "spec", "replicas").map(String::valueOf).orElse("1")
                        : Trees.text(tree, "spec", "suspend").orElse("false");
        return change(home, at, had, scaled ? Map.of("replicas", 0) : Map.of("suspend", true));
    }

    /// Wakes an object with what it had; one that somebody woke meanwhile only forgets.
    public static Optional<Map<String, Object>> end(
            Home home, ObjectAddress at, Map<String, Object> tree) {
        var had = before(tree);
        if (had.isEmpty()) {
            return Optional.of(tree);
        }
        if (!SCALED.contains(at.resource().kind())) {
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
