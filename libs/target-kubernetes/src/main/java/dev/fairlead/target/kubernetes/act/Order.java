package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.ObjectRef;
import java.util.Comparator;
import java.util.List;

/// In which order the objects of a unit are written: what others need first, and the order of the manifests otherwise.
final class Order {
    private static final List<String> FIRST =
            List.of(
                    "/Namespace",
                    "apiextensions.k8s.io/CustomResourceDefinition",
                    "scheduling.k8s.io/PriorityClass",
                    "storage.k8s.io/StorageClass",
                    "/ResourceQuota",
                    "/LimitRange",
                    "/ServiceAccount",
                    "rbac.authorization.k8s.io/ClusterRole",
                    "rbac.authorization.k8s.io/Role",
                    "rbac.authorization.k8s.io/ClusterRoleBinding",
                    "rbac.authorization.k8s.io/RoleBinding",
                    "/Secret",
                    "/ConfigMap",
                    "/PersistentVolume",
                    "/PersistentVolumeClaim",
                    "/Service");

    private Order() {}

    static Comparator<ObjectRef> writing() {
        return Comparator.comparingInt(Order::rank);
    }

    private static int rank(ObjectRef ref) {
        int found = FIRST.indexOf(ref.group() + "/" + ref.kind());
        return found < 0 ? FIRST.size() : found;
    }

    /// Whether others can only be written once it is established.
    static boolean isAwaited(ObjectRef ref) {
        return rank(ref) <= 1;
    }
}
