package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which pods are an object's.
public final class OwnPods {
    private static final String REVISION = "deployment.kubernetes.io/revision";

    private OwnPods() {}

    /// Whether a pod is one of an object's, over a ReplicaSet or a Job too.
    public static boolean owns(Map<String, Object> object, Map<String, Object> pod) {
        var kind = String.valueOf(object.get("kind"));
        var name = Trees.text(object, "metadata", "name").orElse("");
        if (kind.equals("Pod")) {
            return Said.uid(pod).equals(Said.uid(object));
        }
        for (var owner : Trees.maps(pod, "metadata", "ownerReferences")) {
            var by = Trees.text(owner, "name").orElse("");
            boolean direct = kind.equals(Trees.text(owner, "kind").orElse("")) && name.equals(by);
            var hash = Trees.text(pod, "metadata", "labels", "pod-template-hash").orElse("");
            boolean over =
                    kind.equals("Deployment")
                            && "ReplicaSet".equals(Trees.text(owner, "kind").orElse(""))
                            && by.equals(name + "-" + hash);
            boolean scheduled =
                    kind.equals("CronJob")
                            && "Job".equals(Trees.text(owner, "kind").orElse(""))
                            && (by.matches("\\Q" + name + "\\E-[0-9]+") || isRun(object, pod));
            if (direct || over || scheduled) {
                return true;
            }
        }
        return false;
    }

    /// Whether a pod is that of a run of an agent.
    private static boolean isRun(Map<String, Object> agent, Map<String, Object> pod) {
        return Trees.text(pod, "metadata", "labels", "fairlead.dev/run").isPresent()
                && same(
                        Trees.text(pod, "metadata", "labels", "fairlead.dev/unit"),
                        Trees.text(agent, "metadata", "labels", "fairlead.dev/unit"));
    }

    /// Those that were made from the template as it is now. What a pod of an earlier one does says nothing of this one.
    static List<Map<String, Object>> current(Map<String, Object> object, Around around) {
        if (Conditions.isBehind(object)) {
            return List.of();
        }
        return around.pods().stream()
                .filter(pod -> Trees.text(pod, "metadata", "deletionTimestamp").isEmpty())
                .filter(pod -> isCurrent(object, pod, around))
                .toList();
    }

    private static boolean isCurrent(
            Map<String, Object> object, Map<String, Object> pod, Around around) {
        return switch (String.valueOf(object.get("kind"))) {
            case "Deployment" ->
                    newest(object, around).filter(set -> isMadeBy(pod, set)).isPresent();
            case "StatefulSet" ->
                    isMadeBy(pod, object)
                            && same(
                                    Trees.text(
                                            pod, "metadata", "labels", "controller-revision-hash"),
                                    Trees.text(object, "status", "updateRevision"));
            case "DaemonSet" ->
                    isMadeBy(pod, object)
                            && same(
                                    Trees.text(
                                            pod, "metadata", "labels", "pod-template-generation"),
                                    Trees.text(
                                            object,
                                            "metadata",
                                            "annotations",
                                            "deprecated.daemonset.template.generation"));
            case "Job", "ReplicaSet", "ReplicationController" -> isMadeBy(pod, object);
            case "Pod" -> Said.uid(pod).equals(Said.uid(object));
            default -> false;
        };
    }

    /// The ReplicaSet that a Deployment rolls out now; empty while it is not seen.
    static Optional<Map<String, Object>> newest(Map<String, Object> deployment, Around around) {
        var revision = Trees.text(deployment, "metadata", "annotations", REVISION);
        return around.replicaSets().stream()
                .filter(set -> isMadeBy(set, deployment))
                .filter(set -> same(Trees.text(set, "metadata", "annotations", REVISION), revision))
                .findFirst();
    }

    static boolean isMadeBy(Map<String, Object> object, Map<String, Object> owner) {
        return Trees.maps(object, "metadata", "ownerReferences").stream()
                .anyMatch(reference -> Said.uid(owner).equals(reference.get("uid")));
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static boolean same(Optional<String> one, Optional<String> other) {
        return one.isPresent() && one.equals(other);
    }
}
