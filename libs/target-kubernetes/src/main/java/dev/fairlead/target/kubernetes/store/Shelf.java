package dev.fairlead.target.kubernetes.store;

import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.discovery.ApiResource;
import dev.fairlead.target.kubernetes.home.Home;
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

    private final String namespace;
    private final String key;

    Shelf(String namespace, EnvironmentRef ref) {
        this.namespace = namespace;
        this.key = Home.key(ref);
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

    /// @param kind `record`, `revision`
    Selection all(String kind) {
        return Selection.of(CONFIG_MAPS)
                .in(namespace)
                .labelled(Home.KEEPS + "=" + kind + "," + Home.ENVIRONMENT + "=" + key);
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
        metadata.put("labels", Map.of(Home.KEEPS, kind, Home.ENVIRONMENT, key));
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
