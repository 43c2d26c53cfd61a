package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.cluster.Workspace;
import dev.fairlead.inventory.cluster.Workspace.Owner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether pods that are granted a folder of the workspace may write there by their user and group too: a mount that can be
/// written to is not enough.
final class WorkspaceRights {
    private static final long ROOT = 0;

    private WorkspaceRights() {}

    /// @param objects of the unit, as they are sent
    static void check(
            String unit, Workspace workspace, List<DesiredObject> objects, Problems problems) {
        if (workspace.of(unit).stream().noneMatch(Workspace.Grant::write)) {
            return;
        }
        for (var object : objects) {
            PodTemplates.of(object.tree())
                    .filter(template ->
                            template.get("spec") instanceof Map<?, ?> spec && uses(spec))
                    .flatMap(template -> fault(template, object, workspace.owner()))
                    .map(fault ->
                            Manifests.at(
                                            object.origin().place(),
                                            ObjectCode.WORKSPACE_CLOSED,
                                            fault.what())
                                    .withHint(fault.hint())
                                    .asWarning())
                    .ifPresent(problems::add);
        }
    }

    private record Fault(String what, String hint) {}

    private static boolean uses(Map<?, ?> spec) {
        return spec.get("volumes") instanceof List<?> volumes
                && volumes.stream()
                        .anyMatch(volume ->
                                volume instanceof Map<?, ?> map
                                        && map.get("persistentVolumeClaim")
                                                instanceof Map<?, ?> claim
                                        && Workspace.NAME.equals(claim.get("claimName")));
    }

    private static Optional<Fault> fault(
            Map<?, ?> template, DesiredObject object, Optional<Owner> owner) {
        var context = context(template.get("spec"));
        var group = number(context.get("fsGroup"));
        if (owner.isPresent()) {
            return group.filter(said -> said != owner.get().gid())
                    .map(said ->
                            new Fault(
                                    "%s has the fsGroup %d, and the files of the workspace belong to the group %d: whoever mounts it last takes them from the others"
                                            .formatted(object.ref(), said, owner.get().gid()),
                                    "leave out fsGroup, or say %d".formatted(owner.get().gid())));
        }
        if (group.isPresent()) {
            return Optional.empty();
        }
        return PodTemplates.containers(template).stream()
                .filter(container -> writes(container) && !isRoot(context, context(container)))
                .findFirst()
                .map(container ->
                        new Fault(
                                "%s in %s is granted a folder of the workspace to write to and does not run as root, and no fsGroup opens the volume to it"
                                        .formatted(container.get("name"), object.ref()),
                                ObjectCode.WORKSPACE_CLOSED.remedy()));
    }

    private static boolean writes(Map<?, ?> container) {
        return container.get("volumeMounts") instanceof List<?> mounts
                && mounts.stream()
                        .anyMatch(mount ->
                                mount instanceof Map<?, ?> map
                                        && Workspace.NAME.equals(map.get("name"))
                                        && !Boolean.TRUE.equals(map.get("readOnly")));
    }

    /// Whether a container may be root for all that is said.
    private static boolean isRoot(Map<?, ?> pod, Map<?, ?> own) {
        var user = number(own.get("runAsUser")).or(() -> number(pod.get("runAsUser")));
        if (user.isPresent()) {
            return user.get() == ROOT;
        }
        var other = own.containsKey("runAsNonRoot") ? own : pod;
        return !Boolean.TRUE.equals(other.get("runAsNonRoot"));
    }

    private static Map<?, ?> context(@Nullable Object of) {
        return of instanceof Map<?, ?> map
                        && map.get("securityContext") instanceof Map<?, ?> context
                ? context
                : Map.of();
    }

    private static Optional<Long> number(@Nullable Object value) {
        return value instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
    }
}
