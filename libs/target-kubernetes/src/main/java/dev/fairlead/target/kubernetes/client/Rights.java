package dev.fairlead.target.kubernetes.client;

import dev.fairlead.target.kubernetes.http.Call;
import dev.fairlead.target.kubernetes.http.Call.Method;
import dev.fairlead.target.kubernetes.http.Call.Repeat;
import dev.fairlead.target.kubernetes.http.Transport;
import dev.fairlead.target.kubernetes.tree.Outgoing;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What we may do in a cluster, asked before anything is tried.
public final class Rights {
    private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubject";

    private final Transport transport;

    Rights(Transport transport) {
        this.transport = transport;
    }

    /// Whether a verb is allowed on an object (or with its subresource).
    public boolean allowed(String verb, ObjectAddress address) throws InterruptedException {
        var attributes = new LinkedHashMap<String, Object>();
        address.namespace().ifPresent(space -> attributes.put("namespace", space));
        attributes.put("verb", verb);
        attributes.put("group", address.resource().group());
        attributes.put("version", address.resource().version());
        attributes.put("resource", address.resource().plural());
        attributes.put("name", address.name());
        address.subresource().ifPresent(sub -> attributes.put("subresource", sub));
        var status =
                review("AccessReview", "accessreviews", Map.of("resourceAttributes", attributes));
        return Boolean.TRUE.equals(status.get("allowed"));
    }

    /// All that is allowed in a namespace; one request for any number of questions. Empty when the server cannot tell
    /// completely (an authorizer other than RBAC): then each question needs {@link #allowed}.
    public Optional<List<Rule>> rules(String namespace) throws InterruptedException {
        var status = review("RulesReview", "rulesreviews", Map.of("namespace", namespace));
        if (Boolean.TRUE.equals(status.get("incomplete"))) {
            return Optional.empty();
        }
        return Optional.of(rules(status));
    }

    /// What is certainly allowed in a namespace; there may be more.
    public List<Rule> known(String namespace) throws InterruptedException {
        return rules(review("RulesReview", "rulesreviews", Map.of("namespace", namespace)));
    }

    private static List<Rule> rules(Map<String, Object> status) {
        return Trees.maps(status, "resourceRules").stream()
                .map(rule ->
                        new Rule(
                                texts(rule, "verbs"),
                                texts(rule, "apiGroups"),
                                texts(rule, "resources"),
                                texts(rule, "resourceNames")))
                .toList();
    }

    /// One rule: each of the verbs on each of the resources; `*` stands for all.
    ///
    /// @param names the only objects that it holds for; none: all
    public record Rule(
            List<String> verbs, List<String> groups, List<String> resources, List<String> names) {
        public boolean allows(String verb, ObjectAddress address) {
            var plural = address.resource().plural();
            var resource = address.subresource().map(sub -> plural + "/" + sub).orElse(plural);
            var everySub = address.subresource().map(sub -> "*/" + sub).orElse("*");
            return has(verbs, verb)
                    && has(groups, address.resource().group())
                    && (has(resources, resource) || resources.contains(everySub))
                    && (names.isEmpty() || names.contains(address.name()));
        }

        private static boolean has(List<String> list, String wanted) {
            return list.contains("*") || list.contains(wanted);
        }
    }

    private Map<String, Object> review(String kind, String plural, Map<String, ?> spec)
            throws InterruptedException {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", "authorization.k8s.io/v1");
        tree.put("kind", "SelfSubject" + kind);
        tree.put("spec", spec);
        var body = new Call.Body("application/json", Outgoing.of(tree).text());
        var call =
                Call.sending(Method.POST, REVIEWS + plural, "ask what we may do", body)
                        .repeatable(Repeat.SAFE);
        return Trees.map(
                Answers.of(call, transport.send(call), message -> message).orThrow(), "status");
    }

    private static List<String> texts(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
