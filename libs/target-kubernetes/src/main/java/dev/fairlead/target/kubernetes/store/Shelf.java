package dev.fairlead.target.kubernetes.store;

import dev.fairlead.document.Digest;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.discovery.ApiResource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The ConfigMaps of one environment: their names and labels. They do not have the labels of the stack's own objects, so
/// that nobody takes them for something to prune.
final class Shelf {
    private static final ApiResource CONFIG_MAPS =
            new ApiResource(
                    "",
                    "v1",
                    "ConfigMap",
                    "configmaps",
                    true,
                    new TreeSet<>(Set.of("get", "list", "watch", "create", "update", "delete")),
                    new TreeSet<>(),
                    true);
    private static final String ENVIRONMENT = "fairlead.dev/environment";
    private static final int LONGEST = 60;

    private final String namespace;
    private final String key;

    Shelf(String namespace, EnvironmentRef ref) {
        this.namespace = namespace;
        this.key = name(ref.project() + "-" + ref.key());
    }

    // Two environments never share a name, also when theirs are too long or have letters that a
    // name may not have.
    private static String name(String wanted) {
        var plain = wanted.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        return plain.equals(wanted) && wanted.length() <= LONGEST - 9
                ? plain
                : plain.substring(0, Math.min(plain.length(), LONGEST - 18))
                        + "-"
                        + Digest.ofText(wanted).substring(0, 8);
    }

    ObjectAddress at(String name) {
        return ObjectAddress.of(CONFIG_MAPS, namespace, name);
    }

    ObjectAddress record() {
        return at("fairlead-" + key);
    }

    ObjectAddress revision(long number, int chunk) {
        return at("fairlead-" + key + "-revision-" + number + "-" + chunk);
    }

    ObjectAddress inventory(int chunk) {
        return at("fairlead-" + key + "-inventory-" + chunk);
    }

    /// @param kind `record`, `revision`, `inventory`
    Selection all(String kind) {
        return Selection.of(CONFIG_MAPS)
                .in(namespace)
                .labelled(ClusterStore.KEEPS + "=" + kind + "," + ENVIRONMENT + "=" + key);
    }

    Selection theRecord() {
        return Selection.of(CONFIG_MAPS).in(namespace).where("metadata.name=" + record().name());
    }

    /// A ConfigMap without content yet.
    ///
    /// @param resourceVersion of the state that it replaces; empty: it is new
    Map<String, Object> tree(ObjectAddress address, String kind, String resourceVersion) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", address.name());
        metadata.put("namespace", namespace);
        metadata.put("labels", Map.of(ClusterStore.KEEPS, kind, ENVIRONMENT, key));
        if (!resourceVersion.isEmpty()) {
            metadata.put("resourceVersion", resourceVersion);
        }
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", "v1");
        tree.put("kind", "ConfigMap");
        tree.put("metadata", metadata);
        return tree;
    }
}
