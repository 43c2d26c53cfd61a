package dev.fairlead.target.kubernetes.home;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where the instances of one environment live in a cluster.
///
/// @param base the environment itself, the instance 0
/// @param namespaces by slot, as the stack says
public record Homes(Cluster cluster, EnvironmentRef base, SortedMap<Integer, String> namespaces) {
    public Homes {
        namespaces = Collections.unmodifiableSortedMap(new TreeMap<>(namespaces));
    }

    /// The home of an instance; one that the stack does not count any more is found by its marks.
    public Home of(EnvironmentRef ref) {
        var said = namespaces.get(ref.slot());
        return new Home(cluster, said != null ? said : marked(ref), ref);
    }

    /// Where what all instances share is kept.
    public Home shared() {
        return new Home(
                cluster, namespaces.getOrDefault(0, namespaces.firstEntry().getValue()), base);
    }

    private String marked(EnvironmentRef ref) {
        return marked(Namespace.selector(ref) + "," + Namespace.SLOT + "=" + ref.slot()).stream()
                .flatMap(tree -> Trees.text(tree, "metadata", "name").stream())
                .findFirst()
                .orElseThrow(() ->
                        Problem.error(
                                        KubernetesCode.OBJECT_MISSING,
                                        "the cluster has no namespace of " + ref)
                                .withHint(
                                        "the slots of an environment are 1 to its `slots` in services.yaml")
                                .thrown());
    }

    /// The namespaces with these labels.
    public List<Map<String, Object>> marked(String labels) {
        var home = shared();
        var selection = Selection.of(home.core("Namespace")).labelled(labels);
        return home.ask(() -> cluster.list(selection)).objects();
    }
}
