package dev.fairlead.deploy.object;

import java.util.Comparator;
import java.util.Map;

/// Which object is meant. The version of its API is no part of it: one object may be spoken to in several.
///
/// @param group of its API; empty for the core
/// @param namespace empty for an object of the whole cluster
public record ObjectRef(String group, String kind, String namespace, String name)
        implements Comparable<ObjectRef> {
    private static final Comparator<ObjectRef> ORDER =
            Comparator.comparing(ObjectRef::kind)
                    .thenComparing(ObjectRef::group)
                    .thenComparing(ObjectRef::namespace)
                    .thenComparing(ObjectRef::name);

    /// The reference of an object's tree, as it is.
    public static ObjectRef of(Map<String, ?> tree) {
        var metadata = tree.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
        return new ObjectRef(
                group(text(tree, "apiVersion")),
                text(tree, "kind"),
                text(metadata, "namespace"),
                text(metadata, "name"));
    }

    /// `apps` of `apps/v1`; empty for `v1`.
    public static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static String text(Map<?, ?> map, String key) {
        var value = map.get(key);
        return value == null ? "" : value.toString();
    }

    /// As people write it in an environment with this namespace: `Deployment/api`, with the namespace in front where it
    /// is another one (`other/Deployment/api`).
    public String in(String home) {
        return namespace.isEmpty() || namespace.equals(home) ? toString() : namespace + "/" + this;
    }

    /// `Deployment/api`, `Certificate.cert-manager.io/web`: the group stands there unless it is Kubernetes' own.
    @Override
    public String toString() {
        boolean own = !group.contains(".") || group.endsWith(".k8s.io");
        return (own ? kind : kind + "." + group) + "/" + name;
    }

    @Override
    public int compareTo(ObjectRef other) {
        return ORDER.compare(this, other);
    }
}
