package dev.fairlead.target.kubernetes.reach;

import dev.fairlead.deploy.target.Target.Endpoint;
import dev.fairlead.deploy.target.Target.Reach;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.access.Access;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.stream.PortForward;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The way to a port of a unit: from a pod of the same cluster over its Service, from elsewhere through the API server to
/// one of its pods.
public final class Dialled {
    private Dialled() {}

    /// @param objects of the unit, as they are
    public static Reach to(
            Home home, UnitName unit, List<Map<String, Object>> objects, Endpoint to) {
        if (objects.isEmpty()) {
            return new Reach.Never();
        }
        var pods = new UnitPods(home, objects).running();
        if (pods.isEmpty() || !UnitPods.isReady(pods.getFirst())) {
            return new Reach.Down("no pod of " + unit + " is ready");
        }
        var service = service(objects, to.port());
        if (service.isPresent() && home.cluster().access().context().equals(Access.IN_CLUSTER)) {
            var host =
                    Trees.text(service.get(), "metadata", "name").orElse("")
                            + "."
                            + home.namespace()
                            + ".svc";
            return new Reach.Open(new Endpoint(host, to.port()), () -> {});
        }
        var name = UnitPods.name(pods.getFirst());
        var forward =
                PortForward.open(
                        home.cluster(), home.own("Pod", name), port(objects, pods.getFirst(), to));
        var at = forward.address();
        return new Reach.Open(new Endpoint(at.getHostString(), at.getPort()), forward::close);
    }

    private static Optional<Map<String, Object>> service(
            List<Map<String, Object>> objects, int port) {
        return objects.stream()
                .filter(object -> "Service".equals(object.get("kind")))
                .filter(object ->
                        Trees.maps(object, "spec", "ports").stream()
                                .anyMatch(one ->
                                        Trees.number(one, "port")
                                                .filter(number -> number == port)
                                                .isPresent()))
                .findFirst();
    }

    /// The port of the pod behind a port of the unit's Service.
    private static int port(
            List<Map<String, Object>> objects, Map<String, Object> pod, Endpoint to) {
        var behind =
                service(objects, to.port()).stream()
                        .flatMap(service -> Trees.maps(service, "spec", "ports").stream())
                        .filter(port ->
                                Trees.number(port, "port")
                                        .filter(number -> number == to.port())
                                        .isPresent())
                        .findFirst();
        if (behind.isEmpty()) {
            return to.port();
        }
        var number = Trees.number(behind.get(), "targetPort");
        var name = Trees.text(behind.get(), "targetPort");
        return number.or(() ->
                        Trees.maps(pod, "spec", "containers").stream()
                                .flatMap(container -> Trees.maps(container, "ports").stream())
                                .filter(one -> name.isPresent())
                                .filter(one -> name.equals(Trees.text(one, "name")))
                                .flatMap(one -> Trees.number(one, "containerPort").stream())
                                .findFirst())
                .map(Long::intValue)
                .orElse(to.port());
    }
}
