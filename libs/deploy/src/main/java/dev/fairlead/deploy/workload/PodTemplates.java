package dev.fairlead.deploy.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where the pods of an object are described.
final class PodTemplates {
    private static final Map<String, List<String>> PLACES =
            Map.of(
                    "v1/Pod", List.of(),
                    "v1/ReplicationController", List.of("spec", "template"),
                    "apps/v1/Deployment", List.of("spec", "template"),
                    "apps/v1/ReplicaSet", List.of("spec", "template"),
                    "apps/v1/StatefulSet", List.of("spec", "template"),
                    "apps/v1/DaemonSet", List.of("spec", "template"),
                    "batch/v1/Job", List.of("spec", "template"),
                    "batch/v1/CronJob", List.of("spec", "jobTemplate", "spec", "template"));

    private PodTemplates() {}

    /// The path to the template; empty for an object that has no pods. A Pod is its own template.
    static Optional<List<String>> path(Map<String, @Nullable Object> tree) {
        return Optional.ofNullable(PLACES.get(tree.get("apiVersion") + "/" + tree.get("kind")));
    }

    /// The template of an object, where it has one.
    static Optional<Map<?, ?>> of(Map<String, @Nullable Object> tree) {
        return path(tree).flatMap(path -> at(tree, path));
    }

    private static Optional<Map<?, ?>> at(Map<?, ?> tree, List<String> path) {
        Map<?, ?> at = tree;
        for (var key : path) {
            if (!(at.get(key) instanceof Map<?, ?> below)) {
                return Optional.empty();
            }
            at = below;
        }
        return Optional.of(at);
    }

    /// The containers of a pod, those that come first included.
    static List<Map<?, ?>> containers(Map<?, ?> template) {
        var containers = new ArrayList<Map<?, ?>>();
        if (template.get("spec") instanceof Map<?, ?> spec) {
            for (var key : List.of("initContainers", "containers")) {
                if (spec.get(key) instanceof List<?> list) {
                    list.forEach(item -> {
                        if (item instanceof Map<?, ?> container) {
                            containers.add(container);
                        }
                    });
                }
            }
        }
        return containers;
    }
}
