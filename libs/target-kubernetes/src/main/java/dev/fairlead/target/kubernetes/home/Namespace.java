package dev.fairlead.target.kubernetes.home;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.client.Removal;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// The namespace of an environment. It is made as the first step of all, by whoever comes first; one that somebody else
/// made is used and never removed.
public final class Namespace {
    private static final String MADE_BY = "app.kubernetes.io/managed-by";
    private static final String OURS = "fairlead";

    private Namespace() {}

    /// @throws dev.fairlead.diagnostic.ProblemException when it is on its way out: it is never used again
    public static Optional<Map<String, Object>> find(Home home) {
        var found = home.ask(() -> home.cluster().find(address(home)));
        found.filter(Namespace::isTerminating).ifPresent(tree -> terminating(home, tree));
        return found;
    }

    private static ObjectAddress address(Home home) {
        return ObjectAddress.of(home.core("Namespace"), "", home.namespace());
    }

    private static boolean isTerminating(Map<String, Object> tree) {
        return Trees.text(tree, "status", "phase").filter("Terminating"::equals).isPresent();
    }

    private static void terminating(Home home, Map<String, Object> tree) {
        var why = new TreeSet<String>();
        for (var condition : Trees.maps(tree, "status", "conditions")) {
            if ("True".equals(condition.get("status"))) {
                Trees.text(condition, "message").ifPresent(why::add);
            }
        }
        throw Problem.error(
                        KubernetesCode.OBJECT_REFUSED,
                        "the namespace %s is being deleted%s"
                                .formatted(
                                        home.namespace(),
                                        why.isEmpty() ? "" : ": " + String.join("; ", why)))
                .withHint("wait until it is gone, and run the command again")
                .thrown();
    }

    /// Makes it where it is not there. Anybody may do that at any time.
    public static void ensure(Home home, EnvironmentRef ref) {
        if (find(home).isPresent()) {
            return;
        }
        var labels = new LinkedHashMap<String, Object>();
        labels.put(MADE_BY, OURS);
        labels.put("fairlead.dev/stack", ref.project());
        labels.put("fairlead.dev/env", ref.name());
        labels.put("fairlead.dev/slot", Integer.toString(ref.slot()));
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

    /// Asks for its end, when it is ours.
    public static void remove(Home home) {
        home.ask(() -> home.cluster().find(address(home)))
                .filter(tree ->
                        Trees.text(tree, "metadata", "labels", MADE_BY)
                                .filter(OURS::equals)
                                .isPresent())
                .ifPresent(tree ->
                        home.ask(() ->
                                home.cluster()
                                        .delete(
                                                address(home),
                                                Removal.of(tree).whateverChanged())));
    }
}
