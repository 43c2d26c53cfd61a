package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.document.Json;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Key;
import dev.fairlead.inventory.cluster.PodSecurity;
import dev.fairlead.inventory.cluster.Workload;
import dev.fairlead.inventory.cluster.Workspace;
import dev.fairlead.inventory.environment.Outline.Part;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.keys.EnvironmentKeys;
import dev.fairlead.inventory.model.EnvironmentModel;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The unit that stands for the environment's namespace itself: what all others share there, and wait for. It is there
/// where there is something to share.
record HomeUnit(EnvironmentModel environment, boolean isolated, Optional<Workspace> workspace) {
    static final UnitName NAME = new UnitName("namespace");

    /// What stands for the file of its manifests.
    static final String FILE = "fairlead:namespace";

    private static final Duration READY = Duration.ofMinutes(1);

    static Optional<HomeUnit> of(Scope scope) {
        var subject = scope.subject();
        var home = new HomeUnit(subject.environment(), isIsolated(subject), subject.workspace());
        return subject.target() == TargetKind.KUBERNETES && !home.objects().isEmpty()
                ? Optional.of(home)
                : Optional.empty();
    }

    /// Instances beside each other keep to themselves.
    static boolean isIsolated(Scope.Subject subject) {
        return subject.target() == TargetKind.KUBERNETES
                && subject.environment().slots(subject.target()) > 0;
    }

    Part part() {
        return new Part(
                NAME, Stage.STATEFUL, place(), new TreeSet<>(), new TreeMap<>(), Optional.empty());
    }

    private Place place() {
        return environment.place();
    }

    Unit unit() {
        var text = new StringBuilder();
        objects().forEach(object -> text.append("---\n").append(Json.compact(object)).append('\n'));
        return new Unit(
                NAME,
                Stage.STATEFUL,
                place(),
                new TreeSet<>(),
                Optional.empty(),
                Optional.empty(),
                new TreeSet<>(),
                new TreeMap<>(),
                List.of(new Unit.Manifest(FILE, Marked.plain(text.toString()))),
                Optional.of(
                        new Workload(
                                false,
                                false,
                                PodSecurity.RESTRICTED,
                                new Workload.Account.None(),
                                new TreeSet<>(),
                                Optional.empty(),
                                READY,
                                new TreeSet<>(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of())));
    }

    private List<Map<String, Object>> objects() {
        var objects = new ArrayList<Map<String, Object>>();
        var quota = quantities(EnvironmentKeys.QUOTA);
        if (!quota.isEmpty()) {
            objects.add(object("v1", "ResourceQuota", "quota", Map.of("hard", quota)));
        }
        var limits = quantities(EnvironmentKeys.LIMITS);
        if (!limits.isEmpty()) {
            var each = new LinkedHashMap<String, Object>();
            each.put("type", "Container");
            each.put("default", limits);
            objects.add(object("v1", "LimitRange", "limits", Map.of("limits", List.of(each))));
        }
        if (isolated) {
            objects.add(policy("default-deny", List.of("Ingress", "Egress"), Map.of()));
            objects.add(policy("dns", List.of("Egress"), Map.of("egress", List.of(dns()))));
        }
        workspace.ifPresent(volume -> objects.add(claim(volume)));
        return objects;
    }

    private static Map<String, Object> claim(Workspace volume) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("accessModes", List.of(volume.accessMode()));
        volume.storageClass().ifPresent(name -> spec.put("storageClassName", name));
        spec.put("resources", Map.of("requests", Map.of("storage", volume.size())));
        return object("v1", "PersistentVolumeClaim", Workspace.NAME, spec);
    }

    private Map<String, String> quantities(Key key) {
        var quantities = new TreeMap<String, String>();
        key.map(environment.node())
                .ifPresent(map ->
                        map.entries()
                                .forEach((name, entry) -> {
                                    if (entry.value() instanceof Node.Scalar value) {
                                        quantities.put(name, value.printed());
                                    }
                                }));
        return quantities;
    }

    static Map<String, Object> object(
            String version, String kind, String name, Map<String, ?> spec) {
        var object = new LinkedHashMap<String, Object>();
        object.put("apiVersion", version);
        object.put("kind", kind);
        object.put("metadata", Map.of("name", name));
        object.put("spec", spec);
        return object;
    }

    private static Map<String, Object> policy(
            String name, List<String> types, Map<String, ?> rules) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("podSelector", Map.of());
        spec.put("policyTypes", types);
        spec.putAll(rules);
        return object("networking.k8s.io/v1", "NetworkPolicy", name, spec);
    }

    /// The cluster's own name service, and nothing else there.
    private static Map<String, Object> dns() {
        var peer = new LinkedHashMap<String, Object>();
        peer.put(
                "namespaceSelector",
                Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", "kube-system")));
        peer.put("podSelector", Map.of("matchLabels", Map.of("k8s-app", "kube-dns")));
        var ports = new ArrayList<Map<String, Object>>();
        for (var protocol : List.of("UDP", "TCP")) {
            var port = new LinkedHashMap<String, Object>();
            port.put("protocol", protocol);
            port.put("port", 53);
            ports.add(port);
        }
        var rule = new LinkedHashMap<String, Object>();
        rule.put("to", List.of(peer));
        rule.put("ports", ports);
        return rule;
    }
}
