package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.diagnostic.Nearest;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Faults inside the pods of one object.
final class PodChecks {
    private static final List<String> PROBES =
            List.of("readinessProbe", "livenessProbe", "startupProbe");
    private static final Pattern PINNED = Pattern.compile(".+(@sha256:[0-9a-f]{64}|:[^/:]+)");

    private final DesiredObject object;
    private final Map<?, ?> template;
    private final CrossChecks checks;

    PodChecks(DesiredObject object, Map<?, ?> template, CrossChecks checks) {
        this.object = object;
        this.template = template;
        this.checks = checks;
    }

    void check() {
        var volumes = volumes();
        for (var container : PodTemplates.containers(template)) {
            var name = String.valueOf(container.get("name"));
            image(name, container.get("image"));
            probes(name, container);
            mounts(name, container, volumes);
            environment(container);
        }
        if (template.get("spec") instanceof Map<?, ?> spec
                && spec.get("volumes") instanceof List<?> declared) {
            declared.forEach(this::files);
        }
    }

    /// The keys that a volume shows as files.
    private void files(@Nullable Object volume) {
        if (!(volume instanceof Map<?, ?> map)) {
            return;
        }
        files("ConfigMap", map.get("configMap"), "name");
        files("Secret", map.get("secret"), "secretName");
        if (map.get("projected") instanceof Map<?, ?> projected
                && projected.get("sources") instanceof List<?> sources) {
            for (var source : sources) {
                if (source instanceof Map<?, ?> one) {
                    files("ConfigMap", one.get("configMap"), "name");
                    files("Secret", one.get("secret"), "name");
                }
            }
        }
    }

    private void files(String kind, @Nullable Object source, String name) {
        if (source instanceof Map<?, ?> from
                && from.get(name) instanceof String of
                && from.get("items") instanceof List<?> items
                && !Boolean.TRUE.equals(from.get("optional"))) {
            for (var item : items) {
                if (item instanceof Map<?, ?> one && one.get("key") instanceof String key) {
                    checks.key(object, kind, Map.of("name", of, "key", key));
                }
            }
        }
    }

    private SortedSet<String> volumes() {
        var names = new TreeSet<String>();
        if (template.get("spec") instanceof Map<?, ?> spec) {
            names(spec.get("volumes"), names);
        }
        if (object.tree().get("spec") instanceof Map<?, ?> spec
                && spec.get("volumeClaimTemplates") instanceof List<?> claims) {
            for (var claim : claims) {
                if (claim instanceof Map<?, ?> map) {
                    names(
                            List.of(
                                    map.get("metadata") instanceof Map<?, ?> data
                                            ? data
                                            : Map.of()),
                            names);
                }
            }
        }
        return names;
    }

    private static void names(@Nullable Object list, SortedSet<String> into) {
        if (list instanceof List<?> items) {
            for (var item : items) {
                if (item instanceof Map<?, ?> map && map.get("name") instanceof String name) {
                    into.add(name);
                }
            }
        }
    }

    private void image(String container, @Nullable Object image) {
        if (image instanceof String name && !name.isEmpty() && !PINNED.matcher(name).matches()) {
            checks.warn(
                    object,
                    ObjectCode.IMAGE_UNPINNED,
                    "the image \"%s\" of %s in %s has neither a tag nor a digest"
                            .formatted(name, container, object.ref()));
        }
    }

    private void probes(String name, Map<?, ?> container) {
        var ports = new TreeSet<String>();
        names(container.get("ports"), ports);
        for (var key : PROBES) {
            if (container.get(key) instanceof Map<?, ?> probe) {
                for (var kind : List.of("httpGet", "tcpSocket")) {
                    if (probe.get(kind) instanceof Map<?, ?> asks
                            && asks.get("port") instanceof String port
                            && !ports.contains(port)) {
                        checks.report(
                                object,
                                ObjectCode.PROBE_PORT,
                                "the %s of %s in %s asks the port \"%s\", which it does not have"
                                        .formatted(key, name, object.ref(), port),
                                Nearest.hint(port, ports).orElse(ObjectCode.PROBE_PORT.remedy()));
                    }
                }
            }
        }
    }

    private void mounts(String name, Map<?, ?> container, SortedSet<String> volumes) {
        var mounted = new TreeSet<String>();
        names(container.get("volumeMounts"), mounted);
        mounted.removeAll(volumes);
        for (var volume : mounted) {
            checks.report(
                    object,
                    ObjectCode.VOLUME_MISSING,
                    "%s in %s mounts the volume \"%s\", which its pod does not declare"
                            .formatted(name, object.ref(), volume),
                    Nearest.hint(volume, volumes).orElse(ObjectCode.VOLUME_MISSING.remedy()));
        }
    }

    private void environment(Map<?, ?> container) {
        if (!(container.get("env") instanceof List<?> variables)) {
            return;
        }
        for (var variable : variables) {
            if (variable instanceof Map<?, ?> map
                    && map.get("valueFrom") instanceof Map<?, ?> from) {
                if (from.get("secretKeyRef") instanceof Map<?, ?> reference) {
                    checks.key(object, "Secret", reference);
                }
                if (from.get("configMapKeyRef") instanceof Map<?, ?> reference) {
                    checks.key(object, "ConfigMap", reference);
                }
            }
        }
    }
}
