package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject.Injected;
import dev.fairlead.deploy.object.Paths;
import dev.fairlead.inventory.cluster.PodSecurity;
import dev.fairlead.inventory.cluster.Workload;
import dev.fairlead.inventory.cluster.Workload.Account;
import dev.fairlead.inventory.cluster.Workspace;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is added to the objects of a unit, and nothing else: the labels by which Fairlead knows its objects; and, unless
/// the unit says `inject: false`, in its pod templates the same labels, the wait for its schemas, the workspace, the defaults of its Pod Security
/// level, and no token of the API server. What the manifest says is never changed.
final class Injection {
    /// The labels by which the objects of an environment are found.
    static final String STACK = "fairlead.dev/stack";

    static final String ENV = "fairlead.dev/env";
    static final String SLOT = "fairlead.dev/slot";
    static final String UNIT = "fairlead.dev/unit";

    private final Map<String, String> labels = new LinkedHashMap<>();
    private final Workload workload;

    Injection(EnvironmentRef ref, UnitName unit, Workload workload) {
        this.workload = workload;
        labels.put(STACK, ref.project());
        labels.put(ENV, ref.name());
        labels.put(SLOT, Integer.toString(ref.slot()));
        labels.put(UNIT, unit.value());
    }

    void into(Map<String, @Nullable Object> tree, List<Injected> injected) {
        label(tree, "", injected);
        rule(tree, injected);
        var path = PodTemplates.path(tree);
        if (workload.inject() && path.isPresent()) {
            var at = tree;
            var name = "";
            for (var key : path.get()) {
                at = below(at, key);
                name = Paths.member(name, key);
            }
            if (!path.get().isEmpty()) {
                label(at, name, injected);
            }
            var spec = below(at, "spec");
            var specPath = Paths.member(name, "spec");
            if (!workload.schemas().isEmpty()) {
                SchemaWaits.into(spec, specPath, workload.schemas(), injected);
            }
            if (workload.workspace().isPresent()) {
                below(below(at, "metadata"), "labels").put(WorkspaceMounts.LABEL, Workspace.NAME);
                var siblings = new LinkedHashMap<>(labels);
                var unit = siblings.remove(UNIT);
                new WorkspaceMounts(workload.workspace().get(), String.valueOf(unit), siblings)
                        .into(spec, specPath, injected);
            }
            if (workload.workspace().isPresent() && workload.dev().isPresent()) {
                new DevCommand(workload.dev().get(), workload.workspace().get().mountPath())
                        .into(at, spec, specPath, injected);
            }
            pod(spec, specPath, injected);
        }
    }

    /// On the object itself, so that whoever has it can tell whether it is ready.
    private void rule(Map<String, @Nullable Object> tree, List<Injected> injected) {
        if (workload.readyRule().isPresent() && ReadyRules.isFor(tree)) {
            var metadata = below(tree, "metadata");
            below(metadata, "annotations")
                    .put(ReadyRules.ANNOTATION, workload.readyRule().get().cel());
            injected.add(
                    new Injected(
                            Paths.member(
                                    Paths.member("metadata", "annotations"), ReadyRules.ANNOTATION),
                            "when it is ready, from ready.cel"));
        }
    }

    private void label(Map<String, @Nullable Object> at, String path, List<Injected> injected) {
        var metadata = below(at, "metadata");
        below(metadata, "labels").putAll(labels);
        injected.add(
                new Injected(
                        Paths.member(Paths.member(path, "metadata"), "labels"),
                        "labels fairlead.dev/stack, env, slot, unit"));
    }

    private void pod(Map<String, @Nullable Object> spec, String path, List<Injected> injected) {
        if (workload.account() instanceof Account.None
                && !spec.containsKey("serviceAccountName")
                && !spec.containsKey("automountServiceAccountToken")) {
            spec.put("automountServiceAccountToken", false);
            injected.add(
                    new Injected(
                            Paths.member(path, "automountServiceAccountToken"),
                            "no token unless serviceAccount asks for one"));
        }
        if (workload.podSecurity() != PodSecurity.RESTRICTED) {
            return;
        }
        var context = below(spec, "securityContext");
        boolean added = context.putIfAbsent("runAsNonRoot", true) == null;
        added |= context.putIfAbsent("seccompProfile", Map.of("type", "RuntimeDefault")) == null;
        secured(added, Paths.member(path, "securityContext"), injected);
        for (var key : List.of("initContainers", "containers")) {
            if (spec.get(key) instanceof List<?> list) {
                spec.put(key, containers(list, Paths.member(path, key), injected));
            }
        }
    }

    private List<@Nullable Object> containers(List<?> list, String path, List<Injected> injected) {
        var copy = new ArrayList<@Nullable Object>();
        for (int i = 0; i < list.size(); i++) {
            if (!(list.get(i) instanceof Map<?, ?> map)) {
                copy.add(list.get(i));
                continue;
            }
            var container = Manifests.keyed(map);
            var context = below(container, "securityContext");
            boolean added = context.putIfAbsent("allowPrivilegeEscalation", false) == null;
            added |= context.putIfAbsent("capabilities", Map.of("drop", List.of("ALL"))) == null;
            secured(added, Paths.member(Paths.item(path, list, i), "securityContext"), injected);
            copy.add(container);
        }
        return copy;
    }

    private static void secured(boolean added, String path, List<Injected> injected) {
        if (added) {
            injected.add(new Injected(path, "podSecurity restricted"));
        }
    }

    /// The map below a key, as a copy of its own that may be written to; made where there is none.
    private static Map<String, @Nullable Object> below(
            Map<String, @Nullable Object> tree, String key) {
        var copy =
                tree.get(key) instanceof Map<?, ?> map
                        ? Manifests.keyed(map)
                        : new LinkedHashMap<String, @Nullable Object>();
        tree.put(key, copy);
        return copy;
    }
}
