package dev.fairlead.target.kubernetes.act;

import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Map;
import java.util.Set;

/// Whether a workload says of itself when it is ready.
final class Probes {
    private static final Set<String> STAYING = Set.of("Deployment", "StatefulSet", "DaemonSet");

    private Probes() {}

    /// It wants pods that stay, and has a container of them without a readiness probe.
    static boolean unprobed(Map<String, Object> tree) {
        return STAYING.contains(String.valueOf(tree.get("kind")))
                && Trees.number(tree, "spec", "replicas").orElse(1L) > 0
                && Trees.number(tree, "spec", "minReadySeconds").orElse(0L) == 0
                && Trees.maps(tree, "spec", "template", "spec", "containers").stream()
                        .anyMatch(container -> !container.containsKey("readinessProbe"));
    }
}
