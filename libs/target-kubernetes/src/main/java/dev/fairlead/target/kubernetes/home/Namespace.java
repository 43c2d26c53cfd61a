package dev.fairlead.target.kubernetes.home;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.client.Removal;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The namespace of an environment. It is made as the first step of all, by whoever comes first; one that somebody else
/// made is used and never removed.
public final class Namespace {
    /// The label with the slot's number.
    public static final String SLOT = "fairlead.dev/slot";

    private static final String STACK = "fairlead.dev/stack";
    private static final String ENV = "fairlead.dev/env";
    private static final String MADE_BY = "app.kubernetes.io/managed-by";
    private static final String OURS = "fairlead";

    private Namespace() {}

    /// @throws dev.fairlead.diagnostic.ProblemException when it is on its way out: it is never used again
    public static Optional<Map<String, Object>> find(Home home) {
        var found = look(home);
        found.filter(Namespace::isTerminating).ifPresent(tree -> terminating(home, tree));
        return found;
    }

    /// The same for one that may be on its way out.
    public static Optional<Map<String, Object>> look(Home home) {
        return home.ask(() -> home.cluster().find(address(home)));
    }

    /// The labels of an environment's namespaces, those of its slots too.
    public static String selector(EnvironmentRef ref) {
        return STACK + "=" + ref.project() + "," + ENV + "=" + ref.name();
    }

    /// Whether it says that it is of an environment, or one of its slots.
    public static boolean isOf(Map<String, Object> tree, EnvironmentRef ref) {
        return Trees.text(tree, "metadata", "labels", STACK).equals(Optional.of(ref.project()))
                && Trees.text(tree, "metadata", "labels", ENV).equals(Optional.of(ref.name()));
    }

    private static ObjectAddress address(Home home) {
        return ObjectAddress.of(home.core("Namespace"), "", home.namespace());
    }

    /// Whether it says which environment lives in it.
    public static boolean isMarked(Map<String, Object> tree) {
        return Trees.text(tree, "metadata", "labels", STACK).isPresent();
    }

    /// Whether it is being deleted.
    public static boolean isTerminating(Map<String, Object> tree) {
        return Trees.text(tree, "status", "phase").filter("Terminating"::equals).isPresent();
    }

    /// Whether Fairlead made it, and not somebody else.
    public static boolean isOurs(Map<String, Object> tree) {
        return Trees.text(tree, "metadata", "labels", MADE_BY).filter(OURS::equals).isPresent();
    }

    private static void terminating(Home home, Map<String, Object> tree) {
        var why = new TreeSet<String>();
        for (var condition : Trees.maps(tree, "status", "conditions")) {
            if ("True".equals(condition.get("status"))) {
                Trees.text(condition, "message").ifPresent(why::add);
            }
        }
        throw Problem.error(
                        KubernetesCode.NAMESPACE_STUCK,
                        "the namespace %s is being deleted%s"
                                .formatted(
                                        home.namespace(),
                                        why.isEmpty() ? "" : ": " + String.join("; ", why)))
                .withHint(
                        "wait until it is gone, and run the command again; where it does not go, see whether whoever takes the finalizers off runs")
                .thrown();
    }

    /// Makes it where it is not there. Anybody may do that at any time. One of somebody else gets the marks of its
    /// environment when it has none, so that it is found again.
    public static void ensure(Home home, EnvironmentRef ref) {
        ensure(home, ref, find(home));
    }

    /// @param found as it is, or was a moment ago
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    static void ensure(Home home, EnvironmentRef ref, Optional<Map<String, Object>> found) {
        if (found.isPresent()) {
            if (!isMarked(found.get())) {
                // Whoever may not do that can still work there.
                var _ = change(home, Map.of("labels", labels(ref)));
            }
            return;
        }
        var labels = labels(ref);
        labels.put(MADE_BY, OURS);
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", home.namespace());
        metadata.put("labels", labels);
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", "v1");
        tree.put("kind", "Namespace");
        tree.put("metadata", metadata);
        switch (home.ask(() -> home.cluster().create(address(home), tree))) {
            case Answer.Accepted _ -> {}
            case Answer.Refused(var refusal) -> {
                if (!refusal.alreadyExists()) {
                    throw refusal.problem().thrown();
                }
            }
        }
    }

    private static Map<String, Object> labels(EnvironmentRef ref) {
        var labels = new LinkedHashMap<String, Object>();
        labels.put(STACK, ref.project());
        labels.put(ENV, ref.name());
        labels.put(SLOT, Integer.toString(ref.slot()));
        return labels;
    }

    /// Notes something on it, where it is there; a null removes an annotation.
    public static void annotate(Home home, Map<String, ?> annotations) {
        switch (change(home, Map.of("annotations", annotations))) {
            case Answer.Accepted _ -> {}
            case Answer.Refused(var refusal) -> {
                if (!refusal.notFound() && !refusal.forbidden()) {
                    throw refusal.problem().thrown();
                }
            }
        }
    }

    private static Answer change(Home home, Map<String, ?> metadata) {
        return home.ask(() -> home.cluster().merge(address(home), Map.of("metadata", metadata)));
    }

    /// Whether another environment of Fairlead has its record there.
    public static boolean isShared(Home home) {
        var others =
                Selection.of(home.core("ConfigMap"))
                        .in(home.namespace())
                        .labelled(
                                "%s,%s!=%s"
                                        .formatted(
                                                Home.RECORD,
                                                Home.ENVIRONMENT,
                                                Home.key(home.ref())))
                        .onlyMetadata();
        return !home.ask(() -> home.cluster().list(others)).objects().isEmpty();
    }

    /// Asks for its end, when it is ours.
    public static void remove(Home home) {
        look(home)
                .filter(Namespace::isOurs)
                .ifPresent(tree -> {
                    var removal = Removal.of(tree).whateverChanged();
                    var answer = home.ask(() -> home.cluster().delete(address(home), removal));
                    if (answer instanceof Answer.Refused(var refusal)
                            && !refusal.notFound()
                            && !refusal.stale()) {
                        throw refusal.problem().thrown();
                    }
                });
    }
}
