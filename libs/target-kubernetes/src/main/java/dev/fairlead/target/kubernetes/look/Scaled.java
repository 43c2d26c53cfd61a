package dev.fairlead.target.kubernetes.look;

import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How many pods a workload has is an autoscaler's decision, once one has made it.
public final class Scaled {
    private static final String AUTOSCALER = "kube-controller-manager";
    private static final String REPLICAS = "replicas";

    private Scaled() {}

    /// What is sent of an object: without its replicas where an autoscaler owns those of the live one.
    ///
    /// @param live the object as it is
    public static Map<String, @Nullable Object> left(
            Map<String, @Nullable Object> sent, Map<String, Object> live) {
        if (!(sent.get("spec") instanceof Map<?, ?> spec)
                || !spec.containsKey(REPLICAS)
                || !isScaled(live)) {
            return sent;
        }
        var rest = new LinkedHashMap<Object, @Nullable Object>(spec);
        rest.remove(REPLICAS);
        var tree = new LinkedHashMap<String, @Nullable Object>(sent);
        tree.put("spec", rest);
        return tree;
    }

    private static boolean isScaled(Map<String, Object> live) {
        return Trees.maps(live, "metadata", "managedFields").stream()
                .filter(entry -> AUTOSCALER.equals(entry.get("manager")))
                .filter(entry -> "scale".equals(entry.get("subresource")))
                .anyMatch(entry ->
                        Trees.map(entry, "fieldsV1", "f:spec").containsKey("f:" + REPLICAS));
    }
}
