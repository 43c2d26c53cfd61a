package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject.Injected;
import dev.fairlead.deploy.object.Paths;
import dev.fairlead.inventory.cluster.Workspace;
import dev.fairlead.inventory.cluster.Workspace.Grant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Mounts the workspace in the containers of a pod: to read, and to write where that is granted. The kubelet makes a granted
/// folder that is not there yet. What the manifest says is never changed.
final class WorkspaceMounts {
    /// The label of pods that mount it: those that have to be on one node find each other by it.
    static final String LABEL = "fairlead.dev/workspace";

    private static final String WHY = "the workspace";

    private final Workspace workspace;
    private final String unit;
    private final Map<String, String> siblings;

    /// @param siblings the labels of the environment's pods
    WorkspaceMounts(Workspace workspace, String unit, Map<String, String> siblings) {
        this.workspace = workspace;
        this.unit = unit;
        this.siblings = siblings;
    }

    void into(Map<String, @Nullable Object> spec, String path, List<Injected> injected) {
        if (names(spec.get("volumes")).contains(Workspace.NAME)) {
            return; // the manifest has a volume of that name, and says itself who mounts it
        }
        var volume = new LinkedHashMap<String, Object>();
        volume.put("name", Workspace.NAME);
        volume.put("persistentVolumeClaim", Map.of("claimName", Workspace.NAME));
        append(spec, "volumes", List.of(volume));
        injected.add(new Injected(Paths.member(path, "volumes"), WHY));
        if (spec.get("containers") instanceof List<?> containers) {
            var copy = new ArrayList<@Nullable Object>();
            for (int i = 0; i < containers.size(); i++) {
                if (containers.get(i) instanceof Map<?, ?> container) {
                    var own = Manifests.keyed(container);
                    append(own, "volumeMounts", mounts(own.get("volumeMounts")));
                    copy.add(own);
                    var at = Paths.item(Paths.member(path, "containers"), containers, i);
                    injected.add(new Injected(Paths.member(at, "volumeMounts"), granted()));
                } else {
                    copy.add(containers.get(i));
                }
            }
            spec.put("containers", copy);
        }
        users(spec, path, injected);
        if (workspace.oneNode()) {
            together(spec, path, injected);
        }
    }

    private String granted() {
        var parts = new ArrayList<String>();
        for (var grant : grants()) {
            parts.add((grant.write() ? "writes " : "reads ") + grant.path());
        }
        return parts.isEmpty() ? WHY + ", to read" : WHY + ": " + String.join(", ", parts);
    }

    /// What is granted, the outer folders first.
    private List<Grant> grants() {
        return workspace.of(unit).stream()
                .sorted(Comparator.comparing(Grant::path).thenComparing(Grant::write))
                .toList();
    }

    private List<Object> mounts(@Nullable Object said) {
        var taken = new ArrayList<String>();
        if (said instanceof List<?> list) {
            list.forEach(item -> {
                if (item instanceof Map<?, ?> mount) {
                    taken.add(String.valueOf(mount.get("mountPath")));
                }
            });
        }
        var mounts = new ArrayList<Object>();
        boolean all = grants().stream().anyMatch(one -> one.path().equals(".") && one.write());
        mounts.add(mount(workspace.mountPath(), "", all));
        for (var grant : grants()) {
            if (!grant.path().equals(".") && grant.write() != all) {
                mounts.add(
                        mount(
                                workspace.mountPath() + "/" + grant.path(),
                                grant.path(),
                                grant.write()));
            }
        }
        mounts.removeIf(mount ->
                mount instanceof Map<?, ?> one
                        && taken.contains(String.valueOf(one.get("mountPath"))));
        return mounts;
    }

    private static Map<String, Object> mount(String at, String subPath, boolean write) {
        var mount = new LinkedHashMap<String, Object>();
        mount.put("name", Workspace.NAME);
        mount.put("mountPath", at);
        if (!subPath.isEmpty()) {
            mount.put("subPath", subPath);
        }
        if (!write) {
            mount.put("readOnly", true);
        }
        return mount;
    }

    /// Everybody is the owner of the files, so that nobody's files are closed to others.
    private void users(Map<String, @Nullable Object> spec, String path, List<Injected> injected) {
        workspace
                .owner()
                .ifPresent(owner -> {
                    var context =
                            spec.get("securityContext") instanceof Map<?, ?> map
                                    ? Manifests.keyed(map)
                                    : new LinkedHashMap<String, @Nullable Object>();
                    boolean added = context.putIfAbsent("runAsUser", owner.uid()) == null;
                    added |= context.putIfAbsent("runAsGroup", owner.gid()) == null;
                    if (context.putIfAbsent("fsGroup", owner.gid()) == null) {
                        context.putIfAbsent("fsGroupChangePolicy", "OnRootMismatch");
                        added = true;
                    }
                    spec.put("securityContext", context);
                    if (added) {
                        injected.add(
                                new Injected(
                                        Paths.member(path, "securityContext"),
                                        "the owner of the workspace"));
                    }
                });
    }

    /// A volume of one node: whoever comes later goes where the first is.
    private void together(
            Map<String, @Nullable Object> spec, String path, List<Injected> injected) {
        var term = new LinkedHashMap<String, Object>();
        var labels = new LinkedHashMap<String, Object>(siblings);
        labels.put(LABEL, Workspace.NAME);
        term.put("labelSelector", Map.of("matchLabels", labels));
        term.put("topologyKey", "kubernetes.io/hostname");
        var affinity = below(spec, "affinity");
        var pods = below(affinity, "podAffinity");
        append(pods, "requiredDuringSchedulingIgnoredDuringExecution", List.of(term));
        injected.add(
                new Injected(
                        Paths.member(Paths.member(path, "affinity"), "podAffinity"),
                        "the workspace can be mounted on one node only"));
    }

    private static Map<String, @Nullable Object> below(
            Map<String, @Nullable Object> tree, String key) {
        var copy =
                tree.get(key) instanceof Map<?, ?> map
                        ? Manifests.keyed(map)
                        : new LinkedHashMap<String, @Nullable Object>();
        tree.put(key, copy);
        return copy;
    }

    private static void append(Map<String, @Nullable Object> tree, String key, List<?> more) {
        var list = new ArrayList<@Nullable Object>();
        if (tree.get(key) instanceof List<?> said) {
            list.addAll(said);
        }
        list.addAll(more);
        if (!list.isEmpty()) {
            tree.put(key, list);
        }
    }

    private static List<String> names(@Nullable Object list) {
        var names = new ArrayList<String>();
        if (list instanceof List<?> items) {
            items.forEach(item -> {
                if (item instanceof Map<?, ?> map) {
                    names.add(String.valueOf(map.get("name")));
                }
            });
        }
        return names;
    }
}
