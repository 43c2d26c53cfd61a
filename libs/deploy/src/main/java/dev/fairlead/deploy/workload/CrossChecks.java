package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Faults that show only where objects are looked at together.
final class CrossChecks {
    private final List<DesiredObject> objects = new ArrayList<>();
    private final Map<ObjectRef, DesiredObject> byRef = new HashMap<>();
    private final Problems problems;

    private CrossChecks(Collection<List<DesiredObject>> units, Problems problems) {
        this.problems = problems;
        units.forEach(objects::addAll);
    }

    static void of(SortedMap<UnitName, List<DesiredObject>> units, Problems problems) {
        var checks = new CrossChecks(units.values(), problems);
        checks.twice();
        checks.services();
        checks.hosts();
        new QuotaCheck(checks.objects, checks).check();
        new IngressCheck(checks.byRef, checks).of(checks.objects);
        for (var object : checks.objects) {
            PodTemplates.of(object.tree())
                    .ifPresent(template -> new PodChecks(object, template, checks).check());
        }
    }

    private void twice() {
        for (var object : objects) {
            var first = byRef.putIfAbsent(object.ref(), object);
            if (first != null) {
                report(
                        object,
                        ObjectCode.OBJECT_TWICE,
                        "%s is written by %s and by %s"
                                .formatted(object.ref(), first.unit(), object.unit()),
                        "the first is at "
                                + first.origin()
                                        .place()
                                        .map(Object::toString)
                                        .orElse(first.origin().manifest()));
            }
        }
    }

    private void services() {
        var pods = new Selectable(objects);
        for (var object : objects) {
            if (object.ref().kind().equals("Service")
                    && object.ref().group().isEmpty()
                    && object.tree().get("spec") instanceof Map<?, ?> spec
                    && spec.get("selector") instanceof Map<?, ?> selector
                    && !selector.isEmpty()
                    && !pods.has(object.ref().namespace(), selector)) {
                report(
                        object,
                        ObjectCode.SERVICE_SELECTS_NOTHING,
                        "%s selects %s, which no pod of the stack has"
                                .formatted(object.ref(), text(selector)),
                        ObjectCode.SERVICE_SELECTS_NOTHING.remedy());
            }
        }
    }

    private static String text(Map<?, ?> selector) {
        var parts = new TreeSet<String>();
        selector.forEach((key, value) -> parts.add(key + "=" + value));
        return String.join(",", parts);
    }

    private void hosts() {
        var taken = new HashMap<String, DesiredObject>();
        for (var object : objects) {
            if (object.ref().kind().equals("Ingress")
                    && object.tree().get("spec") instanceof Map<?, ?> spec
                    && spec.get("rules") instanceof List<?> rules) {
                rules.forEach(rule -> host(object, rule, taken));
            }
        }
    }

    private void host(
            DesiredObject ingress, @Nullable Object rule, Map<String, DesiredObject> taken) {
        if (!(rule instanceof Map<?, ?> map)
                || !(map.get("http") instanceof Map<?, ?> http)
                || !(http.get("paths") instanceof List<?> paths)) {
            return;
        }
        for (var path : paths) {
            var at = map.get("host") + (path instanceof Map<?, ?> one ? "" + one.get("path") : "");
            var first = taken.putIfAbsent(at, ingress);
            if (first != null && !first.ref().equals(ingress.ref())) {
                report(
                        ingress,
                        ObjectCode.HOST_TAKEN,
                        "%s and %s both serve %s".formatted(first.ref(), ingress.ref(), at),
                        ObjectCode.HOST_TAKEN.remedy());
            }
        }
    }

    /// A key that a pod of `from` reads of an object of the stack; one that the stack does not have may be there
    /// otherwise.
    void key(DesiredObject from, String kind, Map<?, ?> reference) {
        if (!(reference.get("name") instanceof String name)
                || !(reference.get("key") instanceof String key)
                || Boolean.TRUE.equals(reference.get("optional"))) {
            return;
        }
        var found = byRef.get(new ObjectRef("", kind, from.ref().namespace(), name));
        if (found == null) {
            return;
        }
        var known = new TreeSet<String>();
        for (var part : List.of("data", "binaryData")) {
            if (found.tree().get(part) instanceof Map<?, ?> data) {
                data.keySet().forEach(one -> known.add(String.valueOf(one)));
            }
        }
        if (!known.contains(key)) {
            report(
                    from,
                    ObjectCode.REFERENCE_MISSING,
                    "%s reads the key \"%s\" of %s, which has none of that name"
                            .formatted(from.ref(), key, found.ref()),
                    Nearest.hint(key, known).orElse("it has: " + String.join(", ", known)));
        }
    }

    void report(DesiredObject object, ObjectCode code, String what, String hint) {
        problems.add(problem(object, code, what).withHint(hint));
    }

    void warn(DesiredObject object, ObjectCode code, String what) {
        problems.add(problem(object, code, what).withHint(code.remedy()).asWarning());
    }

    private static Problem problem(DesiredObject object, ObjectCode code, String what) {
        return Manifests.at(object.origin().place(), code, what);
    }
}
