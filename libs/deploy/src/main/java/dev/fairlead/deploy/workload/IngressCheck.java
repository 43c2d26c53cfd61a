package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.diagnostic.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whether Ingresses lead to ports that there are: nobody says so once they run, but with a 503.
///
/// @param byRef the objects of the stack
record IngressCheck(Map<ObjectRef, DesiredObject> byRef, CrossChecks checks) {
    void of(List<DesiredObject> objects) {
        for (var object : objects) {
            if (object.ref().kind().equals("Ingress")
                    && object.tree().get("spec") instanceof Map<?, ?> spec) {
                backends(spec).forEach(backend -> backend(object, backend));
            }
        }
    }

    private static List<Map<?, ?>> backends(Map<?, ?> spec) {
        var backends = new ArrayList<Map<?, ?>>();
        service(spec.get("defaultBackend"), backends);
        if (spec.get("rules") instanceof List<?> rules) {
            for (var rule : rules) {
                if (rule instanceof Map<?, ?> map
                        && map.get("http") instanceof Map<?, ?> http
                        && http.get("paths") instanceof List<?> paths) {
                    for (var path : paths) {
                        if (path instanceof Map<?, ?> one) {
                            service(one.get("backend"), backends);
                        }
                    }
                }
            }
        }
        return backends;
    }

    private static void service(@Nullable Object backend, List<Map<?, ?>> into) {
        if (backend instanceof Map<?, ?> map && map.get("service") instanceof Map<?, ?> service) {
            into.add(service);
        }
    }

    private void backend(DesiredObject ingress, Map<?, ?> backend) {
        if (!(backend.get("name") instanceof String name)) {
            return;
        }
        var service = byRef.get(new ObjectRef("", "Service", ingress.ref().namespace(), name));
        if (service == null) {
            checks.warn(
                    ingress,
                    ObjectCode.INGRESS_LEADS_NOWHERE,
                    "%s leads to Service/%s, which the stack does not have"
                            .formatted(ingress.ref(), name));
            return;
        }
        if (backend.get("port") instanceof Map<?, ?> port
                && service.tree().get("spec") instanceof Map<?, ?> spec
                && spec.get("ports") instanceof List<?> ports) {
            port(ingress, service, port, ports);
        }
    }

    private void port(
            DesiredObject ingress, DesiredObject service, Map<?, ?> wanted, List<?> ports) {
        var known = new TreeSet<String>();
        for (var one : ports) {
            if (one instanceof Map<?, ?> map) {
                known.add(String.valueOf(map.get("port")));
                if (map.get("name") instanceof String name) {
                    known.add(name);
                }
            }
        }
        var port = wanted.get("name") == null ? wanted.get("number") : wanted.get("name");
        if (port != null && !known.contains(String.valueOf(port))) {
            checks.report(
                    ingress,
                    ObjectCode.INGRESS_LEADS_NOWHERE,
                    "%s leads to the port %s of %s, which has none of that name or number"
                            .formatted(ingress.ref(), port, service.ref()),
                    Nearest.hint(String.valueOf(port), known)
                            .orElse("it has: " + String.join(", ", known)));
        }
    }
}
