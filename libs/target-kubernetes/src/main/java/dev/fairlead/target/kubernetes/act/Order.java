package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectStep;
import java.util.ArrayList;
import java.util.Collection;
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

    /// The steps in the order of writing, in groups of one kind whose objects can be written at once.
    static List<List<ObjectStep>> groups(Collection<ObjectStep> steps) {
        var sorted = new ArrayList<>(steps);
        sorted.sort(Comparator.comparing(ObjectStep::ref, writing()));
        var groups = new ArrayList<List<ObjectStep>>();
        for (var step : sorted) {
            var last = groups.isEmpty() ? null : groups.getLast();
            if (last == null || !isSameKind(last.getFirst().ref(), step.ref())) {
                last = new ArrayList<>();
                groups.add(last);
            }
            last.add(step);
        }
        return groups;
    }

    private static boolean isSameKind(ObjectRef one, ObjectRef other) {
        return one.kind().equals(other.kind()) && one.group().equals(other.group());
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
