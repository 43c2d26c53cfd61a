package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Why an object that is being deleted does not go.
record Leftover(Home home, ObjectRef ref) {
    private static final String IN_USE = "kubernetes.io/pvc-protection";
    private static final String OWNER = "foregroundDeletion";

    /// @param tree as it is
    Cause of(Map<String, Object> tree) {
        var finalizers = new ArrayList<String>();
        if (Trees.map(tree, "metadata").get("finalizers") instanceof List<?> list) {
            list.forEach(one -> finalizers.add(String.valueOf(one)));
        }
        var pods = finalizers.contains(IN_USE) ? users() : List.<String>of();
        finalizers.remove(OWNER);
        if (!pods.isEmpty()) {
            return cause(
                    "pods still mount it: " + String.join(", ", pods),
                    "end the pods that are named; the claim goes with the last of them, then run the command again");
        }
        return finalizers.isEmpty()
                ? cause(
                        "what it made has not ended",
                        "see which of its pods do not end (`kubectl get pods`), and run the command again")
                : cause(
                        "its finalizers " + finalizers + " are not done",
                        "see whether the controller that owns the finalizer runs, and run the command again");
    }

    private Cause cause(String why, String advice) {
        return new Cause(
                CauseCode.OBJECT_PENDING,
                "%s is being deleted and does not go: %s".formatted(ref.in(home.namespace()), why),
                List.of(advice),
                List.of());
    }

    private List<String> users() {
        var all = Selection.of(home.core("Pod")).in(ref.namespace());
        return home.ask(() -> home.cluster().list(all)).objects().stream()
                .filter(pod ->
                        Trees.maps(pod, "spec", "volumes").stream()
                                .anyMatch(volume ->
                                        Trees.text(volume, "persistentVolumeClaim", "claimName")
                                                .filter(ref.name()::equals)
                                                .isPresent()))
                .flatMap(pod -> Trees.text(pod, "metadata", "name").stream())
                .sorted()
                .toList();
    }
}
