package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectCode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Holds what all pods of the stack ask for against the quotas that the stack itself has: what cannot be admitted is known
/// before anything is sent.
final class QuotaCheck {
    private static final List<String> RESOURCES = List.of("cpu", "memory");

    private final List<DesiredObject> objects;
    private final Map<String, Map<String, BigDecimal>> used = new HashMap<>();
    private final CrossChecks checks;

    QuotaCheck(List<DesiredObject> objects, CrossChecks checks) {
        this.objects = objects;
        this.checks = checks;
    }

    void check() {
        var quotas =
                objects.stream().filter(one -> one.ref().kind().equals("ResourceQuota")).toList();
        if (quotas.isEmpty()) {
            return;
        }
        for (var object : objects) {
            PodTemplates.of(object.tree()).ifPresent(template -> add(object, template));
        }
        for (var quota : quotas) {
            if (quota.tree().get("spec") instanceof Map<?, ?> spec
                    && isOfAll(spec)
                    && spec.get("hard") instanceof Map<?, ?> hard) {
                var asked = used.getOrDefault(quota.ref().namespace(), Map.of());
                new TreeMap<>(hard).forEach((name, most) -> held(quota, name, most, asked));
            }
        }
    }

    /// Whether a quota counts all pods: one with scopes counts some of them, and which those are the server decides.
    private static boolean isOfAll(Map<?, ?> spec) {
        return !spec.containsKey("scopes") && !spec.containsKey("scopeSelector");
    }

    private void held(
            DesiredObject quota, Object name, Object most, Map<String, BigDecimal> asked) {
        var resource = String.valueOf(name);
        // `cpu` is `requests.cpu`.
        var key = RESOURCES.contains(resource) ? "requests." + resource : resource;
        var wanted = asked.get(key);
        var limit = Quantity.parse(String.valueOf(most));
        if (wanted != null && limit.isPresent() && wanted.compareTo(limit.get()) > 0) {
            checks.report(
                    quota,
                    ObjectCode.QUOTA_TOO_SMALL,
                    "the pods of the stack ask for %s of %s, and %s gives %s"
                            .formatted(text(wanted), resource, quota.ref(), most),
                    ObjectCode.QUOTA_TOO_SMALL.remedy());
        }
    }

    private static String text(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }

    private void add(DesiredObject object, Map<?, ?> template) {
        long copies = copies(object);
        var sum = used.computeIfAbsent(object.ref().namespace(), _ -> new HashMap<>());
        sum.merge("pods", BigDecimal.valueOf(copies), BigDecimal::add);
        if (!(template.get("spec") instanceof Map<?, ?> spec)
                || !(spec.get("containers") instanceof List<?> containers)) {
            return;
        }
        var defaults = defaults(object.ref().namespace());
        for (var container : containers) {
            if (container instanceof Map<?, ?> one) {
                for (var resource : RESOURCES) {
                    var limit = said(one, "limits", resource).or(() -> find(defaults, resource));
                    var request = said(one, "requests", resource).or(() -> limit);
                    add(sum, "limits." + resource, limit, copies);
                    add(sum, "requests." + resource, request, copies);
                }
            }
        }
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static void add(
            Map<String, BigDecimal> sum, String key, Optional<BigDecimal> each, long copies) {
        each.ifPresent(value ->
                sum.merge(key, value.multiply(BigDecimal.valueOf(copies)), BigDecimal::add));
    }

    /// How many pods there are of it at least; of those that come and go by themselves none is counted.
    private static long copies(DesiredObject object) {
        var kind = object.ref().kind();
        if (kind.equals("CronJob") || kind.equals("Job")) {
            return 0;
        }
        return object.tree().get("spec") instanceof Map<?, ?> spec
                        && spec.get("replicas") instanceof Number number
                ? number.longValue()
                : 1;
    }

    private static Optional<BigDecimal> said(Map<?, ?> container, String part, String resource) {
        return container.get("resources") instanceof Map<?, ?> resources
                ? find(resources.get(part), resource)
                : Optional.empty();
    }

    private static Optional<BigDecimal> find(@Nullable Object map, String resource) {
        return map instanceof Map<?, ?> known && known.get(resource) != null
                ? Quantity.parse(String.valueOf(known.get(resource)))
                : Optional.empty();
    }

    /// What a container gets that says nothing.
    private Map<String, Object> defaults(String namespace) {
        var defaults = new HashMap<String, Object>();
        for (var object : objects) {
            if (object.ref().kind().equals("LimitRange")
                    && object.ref().namespace().equals(namespace)
                    && object.tree().get("spec") instanceof Map<?, ?> spec
                    && spec.get("limits") instanceof List<?> limits) {
                for (var limit : new ArrayList<>(limits)) {
                    if (limit instanceof Map<?, ?> one
                            && "Container".equals(one.get("type"))
                            && one.get("default") instanceof Map<?, ?> said) {
                        said.forEach((key, value) -> defaults.put(String.valueOf(key), value));
                    }
                }
            }
        }
        return defaults;
    }
}
