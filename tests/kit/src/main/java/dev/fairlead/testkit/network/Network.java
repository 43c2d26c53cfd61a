package dev.fairlead.testkit.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Namespaces and the NetworkPolicies in them; answers whether a connection may be made. Policies are plain trees of
/// `networking.k8s.io/v1`.
///
/// The rules: a pod that no policy of a direction selects is open in that direction; one that is selected lets through what
/// any rule of any such policy names, and nothing else; a connection needs both ends. A pod always reaches itself. A block of
/// addresses also covers pods that have one of them, as plugins differ there and a proof must hold for all.
///
/// @param namespaces their labels, by name
public record Network(
        Map<String, Map<String, String>> namespaces,
        List<Map<String, ? extends @Nullable Object>> policies) {
    /// Whether `from` may open a connection to a port of `to`.
    public boolean allows(End from, End to, String protocol, int port) {
        if (from.equals(to)) {
            return true;
        }
        var knock = new Knock(to, protocol, port);
        return passes("Egress", from, to, knock) && passes("Ingress", to, from, knock);
    }

    /// @param reached whoever's port it is
    private record Knock(End reached, String protocol, int port) {}

    /// @param self whose policies are asked
    /// @param other the other end
    private boolean passes(String direction, End self, End other, Knock knock) {
        if (!(self instanceof End.Pod pod)) {
            return true;
        }
        boolean selected = false;
        for (var policy : policies) {
            var spec = map(policy.get("spec"));
            var home = String.valueOf(map(policy.get("metadata")).get("namespace"));
            if (!home.equals(pod.namespace())
                    || !types(spec).contains(direction)
                    || !selects(map(spec.get("podSelector")), pod.labels())) {
                continue;
            }
            selected = true;
            boolean inward = direction.equals("Ingress");
            for (var rule : maps(spec.get(inward ? "ingress" : "egress"))) {
                var peers = rule.get(inward ? "from" : "to");
                if (isPeer(peers, home, other) && isPort(rule.get("ports"), knock)) {
                    return true;
                }
            }
        }
        return !selected;
    }

    private static List<String> types(Map<?, ?> spec) {
        if (spec.get("policyTypes") instanceof List<?> said && !said.isEmpty()) {
            return said.stream().map(String::valueOf).toList();
        }
        return spec.get("egress") == null ? List.of("Ingress") : List.of("Ingress", "Egress");
    }

    private boolean isPeer(@Nullable Object peers, String home, End other) {
        if (!(peers instanceof List<?> list) || list.isEmpty()) {
            return true; // not said: everybody
        }
        return maps(peers).stream().anyMatch(peer -> isPeer(peer, home, other));
    }

    private boolean isPeer(Map<?, ?> peer, String home, End other) {
        if (peer.get("ipBlock") instanceof Map<?, ?> block) {
            return isWithin(other.address(), String.valueOf(block.get("cidr")))
                    && texts(block.get("except")).stream()
                            .noneMatch(part -> isWithin(other.address(), part));
        }
        if (!(other instanceof End.Pod pod)) {
            return false;
        }
        boolean here =
                peer.get("namespaceSelector") instanceof Map<?, ?> selector
                        ? selects(selector, namespaces.getOrDefault(pod.namespace(), Map.of()))
                        : pod.namespace().equals(home);
        return here
                && (!(peer.get("podSelector") instanceof Map<?, ?> selector)
                        || selects(selector, pod.labels()));
    }

    private static boolean isPort(@Nullable Object ports, Knock knock) {
        if (!(ports instanceof List<?> list) || list.isEmpty()) {
            return true; // not said: every port
        }
        for (var one : maps(ports)) {
            var wanted = one.get("protocol") == null ? "TCP" : String.valueOf(one.get("protocol"));
            if (wanted.equals(knock.protocol()) && isNumber(one, knock.reached(), knock.port())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumber(Map<?, ?> wanted, End reached, int port) {
        return switch (wanted.get("port")) {
            case null -> true;
            case Number first when wanted.get("endPort") instanceof Number last ->
                    port >= first.intValue() && port <= last.intValue();
            case Number number -> port == number.intValue();
            // A name means a port of the pod that is reached.
            case Object name ->
                    reached instanceof End.Pod pod
                            && Integer.valueOf(port).equals(pod.ports().get(String.valueOf(name)));
        };
    }

    /// Whether labels fit a selector; an empty one fits all.
    static boolean selects(Map<?, ?> selector, Map<String, String> labels) {
        for (var wanted : map(selector.get("matchLabels")).entrySet()) {
            if (!String.valueOf(wanted.getValue()).equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (var expression : maps(selector.get("matchExpressions"))) {
            var key = String.valueOf(expression.get("key"));
            var values = texts(expression.get("values"));
            var label = labels.get(key);
            boolean fits =
                    switch (String.valueOf(expression.get("operator"))) {
                        case "In" -> label != null && values.contains(label);
                        case "NotIn" -> label == null || !values.contains(label);
                        case "Exists" -> label != null;
                        case "DoesNotExist" -> label == null;
                        default -> throw new IllegalArgumentException(expression.toString());
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(String address, String cidr) {
        int slash = cidr.indexOf('/');
        var net = bytes(cidr.substring(0, slash));
        var own = bytes(address);
        if (net.length != own.length) {
            return false;
        }
        int bits = Integer.parseInt(cidr.substring(slash + 1));
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i % 8);
            if ((net[i / 8] & mask) != (own[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not an address: " + address, e);
        }
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<Map<?, ?>> maps(@Nullable Object value) {
        var maps = new ArrayList<Map<?, ?>>();
        if (value instanceof List<?> list) {
            list.forEach(item -> maps.add(map(item)));
        }
        return maps;
    }

    private static List<String> texts(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
