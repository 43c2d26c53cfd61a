package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.workload.PodPorts.Port;
import dev.fairlead.inventory.cluster.Flow;
import dev.fairlead.inventory.cluster.Flow.Peer;
import dev.fairlead.inventory.cluster.Workload;
import dev.fairlead.inventory.cluster.Workload.Account;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The NetworkPolicy of each unit that has pods: exactly the flows that are declared. Both ends of a flow between units say
/// it, as both are denied everything else.
final class NetworkPolicies {
    /// What stands for the file of a policy.
    static final String FILE = "fairlead:network";

    /// Nothing in these is reached by a name outside the cluster.
    private static final List<String> PRIVATE_V4 =
            List.of(
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.168.0.0/16");

    private static final List<String> PRIVATE_V6 = List.of("::1/128", "fc00::/7", "fe80::/10");
    private static final SortedSet<Port> API =
            new TreeSet<>(List.of(new Port("TCP", 443), new Port("TCP", 6443)));

    private final EnvironmentRef ref;
    private final Map<UnitName, Unit> units;
    private final SortedMap<UnitName, PodPorts> ports = new TreeMap<>();

    NetworkPolicies(
            EnvironmentRef ref,
            Map<UnitName, Unit> units,
            SortedMap<UnitName, List<DesiredObject>> objects) {
        this.ref = ref;
        this.units = units;
        var all = objects.values().stream().flatMap(List::stream).toList();
        objects.forEach((unit, own) -> ports.put(unit, PodPorts.of(own, all)));
    }

    /// The policy of a unit; empty for one without pods.
    Optional<Map<String, @Nullable Object>> of(UnitName unit) {
        var own = ports.get(unit);
        if (own == null || !own.hasPods()) {
            return Optional.empty();
        }
        var spec = new LinkedHashMap<String, @Nullable Object>();
        spec.put("podSelector", pods(unit.value()));
        spec.put("policyTypes", List.of("Ingress", "Egress"));
        spec.put("ingress", inward(unit, own));
        spec.put("egress", outward(unit));
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("apiVersion", "networking.k8s.io/v1");
        tree.put("kind", "NetworkPolicy");
        tree.put("metadata", Map.of("name", "unit-" + unit.value()));
        tree.put("spec", spec);
        return Optional.of(tree);
    }

    private List<Object> inward(UnitName unit, PodPorts own) {
        var rules = new ArrayList<Object>();
        var callers = new ArrayList<Object>();
        for (var other : units.values()) {
            if (hasPods(other.name()) && reaches(other).contains(unit.value())) {
                callers.add(Map.of("podSelector", pods(other.name().value())));
            }
        }
        if (!callers.isEmpty()) {
            between("from", callers, own.declared(), rules);
        }
        // Controllers of Ingresses live elsewhere; other instances are not where they live.
        between(
                "from",
                List.of(
                        Map.of(
                                "namespaceSelector",
                                Map.of("matchExpressions", List.of(unmarked())))),
                own.served(),
                rules);
        between("from", List.of(block("0.0.0.0/0"), block("::/0")), own.open(), rules);
        allowedByOthers(unit, rules);
        for (var flow : flows(units.get(unit))) {
            if (flow.inwards()) {
                rules.add(rule("from", peers(flow.peer()), flow));
            }
        }
        return rules;
    }

    /// What others say that they may reach here.
    private void allowedByOthers(UnitName unit, List<Object> rules) {
        for (var other : units.values()) {
            for (var flow : flows(other)) {
                boolean toUs =
                        !flow.inwards()
                                && flow.peer() instanceof Peer.OfStack(var name)
                                && name.equals(unit.value());
                if (toUs && hasPods(other.name())) {
                    rules.add(
                            rule(
                                    "from",
                                    List.of(Map.of("podSelector", pods(other.name().value()))),
                                    flow));
                }
            }
        }
    }

    private static Map<String, Object> unmarked() {
        var expression = new LinkedHashMap<String, Object>();
        expression.put("key", Injection.STACK);
        expression.put("operator", "DoesNotExist");
        return expression;
    }

    private List<Object> outward(UnitName unit) {
        var rules = new ArrayList<Object>();
        var self = units.get(unit);
        for (var name : reaches(self)) {
            var other = ports.get(new UnitName(name));
            if (other != null) {
                between("to", List.of(Map.of("podSelector", pods(name))), other.declared(), rules);
            }
        }
        for (var other : units.values()) {
            for (var flow : flows(other)) {
                if (flow.inwards()
                        && flow.peer() instanceof Peer.OfStack(var name)
                        && name.equals(unit.value())) {
                    rules.add(
                            rule(
                                    "to",
                                    List.of(Map.of("podSelector", pods(other.name().value()))),
                                    flow));
                }
            }
        }
        for (var flow : flows(self)) {
            if (!flow.inwards()) {
                rules.add(rule("to", peers(flow.peer()), flow));
            }
        }
        boolean asksTheServer =
                self != null
                        && self.workload()
                                .filter(one -> !(one.account() instanceof Account.None))
                                .isPresent();
        if (asksTheServer) {
            between("to", List.of(block("0.0.0.0/0"), block("::/0")), API, rules);
        }
        return rules;
    }

    private boolean hasPods(UnitName unit) {
        var known = ports.get(unit);
        return known != null && known.hasPods();
    }

    private static Collection<String> reaches(@Nullable Unit unit) {
        if (unit == null) {
            return List.of();
        }
        var reached = new TreeSet<String>();
        unit.workload().map(Workload::reaches).ifPresent(reached::addAll);
        unit.migrations().ifPresent(schema -> reached.add(schema.unit().value()));
        return reached;
    }

    private static List<Flow> flows(@Nullable Unit unit) {
        return unit == null ? List.of() : unit.workload().map(Workload::flows).orElse(List.of());
    }

    private Map<String, Object> pods(String unit) {
        var labels = new LinkedHashMap<String, Object>();
        labels.put(Injection.STACK, ref.project());
        labels.put(Injection.ENV, ref.name());
        labels.put(Injection.SLOT, Integer.toString(ref.slot()));
        labels.put(Injection.UNIT, unit);
        return Map.of("matchLabels", labels);
    }

    /// A rule for ports that are known; where there are none, nothing is let through.
    private static void between(
            String key, List<Object> peers, SortedSet<Port> ports, List<Object> rules) {
        if (!ports.isEmpty()) {
            var rule = new LinkedHashMap<String, Object>();
            rule.put(key, peers);
            rule.put("ports", ports.stream().map(NetworkPolicies::port).toList());
            rules.add(rule);
        }
    }

    private static Map<String, Object> port(Port port) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("protocol", port.protocol());
        tree.put("port", port.number());
        return tree;
    }

    private Map<String, Object> rule(String key, List<Object> peers, Flow flow) {
        var rule = new LinkedHashMap<String, Object>();
        rule.put(key, peers);
        flow.port()
                .ifPresent(number ->
                        rule.put("ports", List.of(port(new Port(flow.protocol(), number)))));
        return rule;
    }

    private List<Object> peers(Peer peer) {
        return switch (peer) {
            case Peer.OfStack(var name) -> List.of(Map.of("podSelector", pods(name)));
            case Peer.Block(var cidr) -> List.of(block(cidr));
            case Peer.Host _ ->
                    List.of(without("0.0.0.0/0", PRIVATE_V4), without("::/0", PRIVATE_V6));
            case Peer.Namespace(var name, var pods) -> {
                var selector = new LinkedHashMap<String, Object>();
                selector.put(
                        "namespaceSelector",
                        Map.of("matchLabels", Map.of("kubernetes.io/metadata.name", name)));
                if (!pods.isEmpty()) {
                    selector.put("podSelector", Map.of("matchLabels", new TreeMap<>(pods)));
                }
                yield List.of(selector);
            }
        };
    }

    private static Map<String, Object> block(String cidr) {
        return Map.of("ipBlock", Map.of("cidr", cidr));
    }

    private static Map<String, Object> without(String cidr, List<String> except) {
        var block = new LinkedHashMap<String, Object>();
        block.put("cidr", cidr);
        block.put("except", except);
        return Map.of("ipBlock", block);
    }
}
