package dev.fairlead.testkit.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The evaluator against the rules of the API's documentation and the cases of the conformance tests for network plugins:
/// three namespaces x, y, z with the pods a, b, c each, ports 80 and 81.
class NetworkTest {
    private static final List<String> SPACES = List.of("x", "y", "z");
    private static final List<String> PODS = List.of("a", "b", "c");
    private static final Map<String, Map<String, String>> NAMESPACES =
            Map.of("x", Map.of("ns", "x"), "y", Map.of("ns", "y"), "z", Map.of("ns", "z"));

    private static End.Pod pod(String at) {
        var space = at.substring(0, 1);
        var name = at.substring(2);
        return new End.Pod(
                name,
                space,
                Map.of("pod", name),
                Map.of("serve-80", 80, "serve-81", 81),
                "10.0.%d.%d".formatted(SPACES.indexOf(space), PODS.indexOf(name) + 1));
    }

    private static Map<String, Object> policy(String namespace, Map<String, ?> spec) {
        return Map.of("metadata", Map.of("namespace", namespace), "spec", spec);
    }

    private static Map<String, Object> labels(String key, String value) {
        return Map.of("matchLabels", Map.of(key, value));
    }

    private static Map<String, Object> expression(String key, String operator, String... values) {
        return Map.of(
                "matchExpressions",
                List.of(Map.of("key", key, "operator", operator, "values", List.of(values))));
    }

    private static final Map<String, Object> ALL = Map.of();
    private static final Map<String, Object> A = labels("pod", "a");

    /// Into x/a: who gets there, of the nine pods, at port 80.
    private static List<String> callers(List<Map<String, Object>> policies, int port) {
        var network = new Network(NAMESPACES, List.copyOf(policies));
        var callers = new TreeSet<String>();
        for (var space : SPACES) {
            for (var name : PODS) {
                if (network.allows(pod(space + "/" + name), pod("x/a"), "TCP", port)) {
                    callers.add(space + "/" + name);
                }
            }
        }
        return new ArrayList<>(callers);
    }

    private record Case(String name, List<String> callers, List<Map<String, Object>> policies) {}

    private static Map<String, Object> inward(Object... rules) {
        return Map.of(
                "podSelector", A, "policyTypes", List.of("Ingress"), "ingress", List.of(rules));
    }

    private static Map<String, Object> from(Object... peers) {
        return Map.of("from", List.of(peers));
    }

    private static final List<String> EVERYBODY =
            List.of("x/a", "x/b", "x/c", "y/a", "y/b", "y/c", "z/a", "z/b", "z/c");

    @TestFactory
    List<DynamicTest> whoReachesThePodFollowsTheRulesOfTheApi() {
        return List.of(
                        new Case("no policy: everybody", EVERYBODY, List.of()),
                        new Case(
                                "default deny: only itself",
                                List.of("x/a"),
                                List.of(
                                        policy(
                                                "x",
                                                Map.of(
                                                        "podSelector",
                                                        ALL,
                                                        "policyTypes",
                                                        List.of("Ingress"))))),
                        new Case(
                                "types that are not said: ingress",
                                List.of("x/a"),
                                List.of(policy("x", Map.of("podSelector", ALL)))),
                        new Case(
                                "a policy of another namespace says nothing here",
                                EVERYBODY,
                                List.of(policy("y", Map.of("podSelector", ALL)))),
                        new Case(
                                "a policy for other pods says nothing here",
                                EVERYBODY,
                                List.of(policy("x", Map.of("podSelector", labels("pod", "b"))))),
                        new Case(
                                "an empty rule: everybody",
                                EVERYBODY,
                                List.of(policy("x", inward(Map.of())))),
                        new Case(
                                "a pod selector means this namespace",
                                List.of("x/a", "x/b"),
                                List.of(
                                        policy(
                                                "x",
                                                inward(
                                                        from(
                                                                Map.of(
                                                                        "podSelector",
                                                                        labels("pod", "b"))))))),
                        new Case(
                                "a namespace selector means all of its pods",
                                List.of("x/a", "y/a", "y/b", "y/c"),
                                List.of(
                                        policy(
                                                "x",
                                                inward(
                                                        from(
                                                                Map.of(
                                                                        "namespaceSelector",
                                                                        labels("ns", "y"))))))),
                        new Case(
                                "both in one peer: and",
                                List.of("x/a", "y/b"),
                                List.of(
                                        policy(
                                                "x",
                                                inward(
                                                        from(
                                                                Map.of(
                                                                        "namespaceSelector",
                                                                        labels("ns", "y"),
                                                                        "podSelector",
                                                                        labels("pod", "b"))))))),
                        new Case(
                                "both in two peers: or",
                                List.of("x/a", "x/b", "y/a", "y/b", "y/c"),
                                List.of(
                                        policy(
                                                "x",
                                                inward(
                                                        from(
                                                                Map.of(
                                                                        "namespaceSelector",
                                                                        labels("ns", "y")),
                                                                Map.of(
                                                                        "podSelector",
                                                                        labels("pod", "b"))))))),
                        new Case(
                                "an empty namespace selector: every namespace",
                                EVERYBODY,
                                List.of(
                                        policy(
                                                "x",
                                                inward(from(Map.of("namespaceSelector", ALL)))))),
                        new Case(
                                "an empty pod selector: this namespace",
                                List.of("x/a", "x/b", "x/c"),
                                List.of(policy("x", inward(from(Map.of("podSelector", ALL)))))),
                        new Case(
                                "expressions: in, not in, exists, does not exist",
                                List.of("x/a", "y/b", "z/b"),
                                List.of(
                                        policy(
                                                "x",
                                                inward(
                                                        from(
                                                                Map.of(
                                                                        "namespaceSelector",
                                                                        expression(
                                                                                "ns", "NotIn", "x"),
                                                                        "podSelector",
                                                                        expression(
                                                                                "pod", "In",
                                                                                "b"))))))),
                        new Case(
                                "several policies: the union",
                                List.of("x/a", "x/b", "z/a", "z/b", "z/c"),
                                List.of(
                                        policy("x", Map.of("podSelector", ALL)),
                                        policy(
                                                "x",
                                                inward(
                                                        from(
                                                                Map.of(
                                                                        "podSelector",
                                                                        labels("pod", "b"))))),
                                        policy(
                                                "x",
                                                inward(
                                                        from(
                                                                Map.of(
                                                                        "namespaceSelector",
                                                                        labels("ns", "z"))))))),
                        new Case(
                                "a block of addresses without a part of it",
                                List.of("x/a", "y/a", "y/c"),
                                List.of(
                                        policy(
                                                "x",
                                                inward(
                                                        from(
                                                                Map.of(
                                                                        "ipBlock",
                                                                        Map.of(
                                                                                "cidr",
                                                                                "10.0.1.0/24",
                                                                                "except",
                                                                                List.of(
                                                                                        "10.0.1.2/32")))))))),
                        new Case(
                                "egress of the callers counts too",
                                List.of("x/a", "x/b", "x/c", "z/a", "z/b", "z/c"),
                                List.of(
                                        policy(
                                                "y",
                                                Map.of(
                                                        "podSelector",
                                                        ALL,
                                                        "policyTypes",
                                                        List.of("Egress"))))),
                        new Case(
                                "an egress section without types: both directions",
                                List.of("x/a", "x/b", "x/c", "z/a", "z/b", "z/c"),
                                List.of(
                                        policy(
                                                "y",
                                                Map.of("podSelector", ALL, "egress", List.of())))))
                .stream()
                .map(one ->
                        DynamicTest.dynamicTest(
                                one.name(),
                                () ->
                                        assertThat(callers(one.policies(), 80))
                                                .containsExactlyElementsOf(one.callers())))
                .toList();
    }

    private static Network ports(Object... ports) {
        return new Network(
                NAMESPACES, List.of(policy("x", inward(Map.of("ports", List.of(ports))))));
    }

    @Test
    void portsAreNumbersNamesAndRangesOfOneProtocol() {
        var from = pod("y/b");
        var to = pod("x/a");
        var number = ports(Map.of("port", 80));
        assertThat(number.allows(from, to, "TCP", 80)).isTrue();
        assertThat(number.allows(from, to, "TCP", 81)).isFalse();
        assertThat(number.allows(from, to, "UDP", 80)).isFalse();
        var name = ports(Map.of("port", "serve-81", "protocol", "TCP"));
        assertThat(name.allows(from, to, "TCP", 81)).isTrue();
        assertThat(name.allows(from, to, "TCP", 80)).isFalse();
        var range = ports(Map.of("port", 80, "endPort", 90));
        assertThat(range.allows(from, to, "TCP", 90)).isTrue();
        assertThat(range.allows(from, to, "TCP", 91)).isFalse();
        var protocol = ports(Map.of("protocol", "UDP"));
        assertThat(protocol.allows(from, to, "UDP", 7)).isTrue();
        assertThat(protocol.allows(from, to, "TCP", 80)).isFalse();
        // A named port of an egress rule is a port of whoever is reached.
        var outward =
                new Network(
                        NAMESPACES,
                        List.of(
                                policy(
                                        "y",
                                        Map.of(
                                                "podSelector",
                                                ALL,
                                                "policyTypes",
                                                List.of("Egress"),
                                                "egress",
                                                List.of(
                                                        Map.of(
                                                                "ports",
                                                                List.of(
                                                                        Map.of(
                                                                                "port",
                                                                                "serve-80"))))))));
        assertThat(outward.allows(from, to, "TCP", 80)).isTrue();
        assertThat(outward.allows(from, to, "TCP", 81)).isFalse();
    }

    @Test
    void addressesOutsideAreReachedByBlocksAlone() {
        var outside = new End.Outside("192.0.2.7");
        var open = new Network(NAMESPACES, List.of());
        assertThat(open.allows(pod("x/a"), outside, "TCP", 443)).isTrue();
        var spec =
                Map.of(
                        "podSelector",
                        ALL,
                        "policyTypes",
                        List.of("Egress"),
                        "egress",
                        List.of(
                                Map.of("to", List.of(Map.of("namespaceSelector", ALL))),
                                Map.of(
                                        "to",
                                        List.of(
                                                Map.of(
                                                        "ipBlock",
                                                        Map.of("cidr", "192.0.2.0/29"))))));
        var closed = new Network(NAMESPACES, List.of(policy("x", spec)));
        assertThat(closed.allows(pod("x/a"), outside, "TCP", 443)).isTrue();
        assertThat(closed.allows(pod("x/a"), new End.Outside("192.0.2.8"), "TCP", 443)).isFalse();
        assertThat(closed.allows(pod("x/a"), new End.Outside("2001:db8::1"), "TCP", 443)).isFalse();
        assertThat(closed.allows(pod("x/a"), pod("z/c"), "TCP", 443)).isTrue();
    }
}
