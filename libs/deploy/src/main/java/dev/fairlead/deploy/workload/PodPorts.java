package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The ports at which the pods of a unit are reached, as its objects say.
///
/// @param declared those that its containers name and its Services lead to
/// @param served those that an Ingress leads to
/// @param open those that a Service offers outside the cluster
record PodPorts(
        SortedSet<Port> declared, SortedSet<Port> served, SortedSet<Port> open, boolean hasPods) {
    /// One port of a pod.
    record Port(String protocol, int number) implements Comparable<Port> {
        @Override
        public int compareTo(Port other) {
            int byNumber = Integer.compare(number, other.number);
            return byNumber != 0 ? byNumber : protocol.compareTo(other.protocol);
        }
    }

    /// @param objects of one unit
    /// @param all of all units: an Ingress may lie in another
    static PodPorts of(List<DesiredObject> objects, List<DesiredObject> all) {
        var ports = new PodPorts(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), false);
        var named = new java.util.TreeMap<String, Port>();
        boolean pods = false;
        for (var object : objects) {
            var template = PodTemplates.of(object.tree());
            pods |= template.isPresent();
            template.ifPresent(one -> ports.containers(one, named));
        }
        for (var object : objects) {
            if (isService(object)) {
                ports.service(object, named, all);
            }
        }
        return new PodPorts(ports.declared, ports.served, ports.open, pods);
    }

    private static boolean isService(DesiredObject object) {
        return object.ref().kind().equals("Service") && object.ref().group().isEmpty();
    }

    private void containers(Map<?, ?> template, Map<String, Port> named) {
        for (var container : PodTemplates.containers(template)) {
            for (var port : maps(container.get("ports"))) {
                if (port.get("containerPort") instanceof Number number) {
                    var found = new Port(protocol(port), number.intValue());
                    declared.add(found);
                    if (port.get("name") instanceof String name) {
                        named.put(name, found);
                    }
                }
            }
        }
    }

    private void service(DesiredObject service, Map<String, Port> named, List<DesiredObject> all) {
        if (!(service.tree().get("spec") instanceof Map<?, ?> spec)) {
            return;
        }
        var type = String.valueOf(spec.get("type"));
        for (var port : maps(spec.get("ports"))) {
            var target = target(port, named);
            if (target == null) {
                continue;
            }
            declared.add(target);
            if (type.equals("LoadBalancer") || type.equals("NodePort")) {
                open.add(target);
            }
            if (all.stream().anyMatch(one -> leads(one, service, port))) {
                served.add(target);
            }
        }
    }

    private static @Nullable Port target(Map<?, ?> port, Map<String, Port> named) {
        var to = port.get("targetPort");
        if (to instanceof String name) {
            return named.get(name);
        }
        var number = to == null ? port.get("port") : to;
        return number instanceof Number value ? new Port(protocol(port), value.intValue()) : null;
    }

    /// Whether an Ingress leads to a port of a Service.
    private static boolean leads(DesiredObject ingress, DesiredObject service, Map<?, ?> port) {
        if (!ingress.ref().kind().equals("Ingress")
                || !ingress.ref().namespace().equals(service.ref().namespace())
                || !(ingress.tree().get("spec") instanceof Map<?, ?> spec)) {
            return false;
        }
        if (backend(spec.get("defaultBackend"), service, port)) {
            return true;
        }
        for (var rule : maps(spec.get("rules"))) {
            if (rule.get("http") instanceof Map<?, ?> http) {
                for (var path : maps(http.get("paths"))) {
                    if (backend(path.get("backend"), service, port)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean backend(
            @Nullable Object backend, DesiredObject service, Map<?, ?> port) {
        return backend instanceof Map<?, ?> map
                && map.get("service") instanceof Map<?, ?> to
                && service.ref().name().equals(to.get("name"))
                && to.get("port") instanceof Map<?, ?> wanted
                && (wanted.get("name") != null
                        ? wanted.get("name").equals(port.get("name"))
                        : String.valueOf(wanted.get("number"))
                                .equals(String.valueOf(port.get("port"))));
    }

    private static String protocol(Map<?, ?> port) {
        return port.get("protocol") instanceof String said ? said : "TCP";
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        var maps = new java.util.ArrayList<Map<?, ?>>();
        if (list instanceof List<?> items) {
            for (var item : items) {
                if (item instanceof Map<?, ?> map) {
                    maps.add(map);
                }
            }
        }
        return maps;
    }
}
