package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.client.Rights.Rule;
import dev.fairlead.target.kubernetes.home.Home;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// The rights that some steps need, asked for before the first of them is done.
public final class Needs {
    private static final String ANY = "-";

    private final Home home;
    private final Map<String, Need> needs = new LinkedHashMap<>();

    private record Need(String verb, ObjectAddress address) {}

    private Needs(Home home) {
        this.home = home;
    }

    /// What is missing: a problem for each resource. One request where rules say it all.
    ///
    /// @param housed whether there is a namespace
    public static List<Problem> missing(Home home, Collection<ObjectStep> steps, boolean housed) {
        var needs = new Needs(home);
        needs.bookkeeping(housed);
        steps.forEach(needs::step);
        return home.ask(needs::missing);
    }

    private void bookkeeping(boolean housed) {
        if (!housed) {
            need(home.own("Namespace", home.namespace()), "create");
        }
        need(home.own("ConfigMap", ANY), "get", "list", "create", "update", "patch", "delete");
        need(home.own("Secret", ANY), "get");
        for (var told : List.of("Pod", "Event")) {
            need(home.own(told, ANY), "list", "watch");
        }
    }

    private void step(ObjectStep step) {
        var address = home.address(step.ref());
        if (address.isEmpty()) {
            return; // a definition of the same stack brings its kind along
        }
        switch (step) {
            case ObjectStep.Apply(_, var uid, _) when uid.isPresent() ->
                    need(address.get(), "patch");
            case ObjectStep.Apply _ -> need(address.get(), "create", "patch");
            case ObjectStep.Recreate _ -> need(address.get(), "create", "patch", "delete");
            case ObjectStep.Remove _ -> need(address.get(), "delete");
        }
        need(address.get(), "get", "list", "watch");
    }

    private void need(ObjectAddress address, String... verbs) {
        for (var verb : verbs) {
            var key = verb + " " + address.resource().qualified() + " " + address.namespace();
            needs.putIfAbsent(key, new Need(verb, address));
        }
    }

    private List<Problem> missing() throws InterruptedException {
        var rights = home.cluster().rights();
        var rules = rights.known(home.namespace());
        var missing = new TreeMap<String, TreeSet<String>>();
        for (var need : needs.values()) {
            if (!known(rules, need) && !rights.allowed(need.verb(), need.address())) {
                var where =
                        need.address().resource().qualified()
                                + need.address()
                                        .namespace()
                                        .map(space -> " in the namespace " + space)
                                        .orElse(" of the cluster");
                missing.computeIfAbsent(where, _ -> new TreeSet<>()).add(need.verb());
            }
        }
        var problems = new ArrayList<Problem>();
        missing.forEach((where, verbs) ->
                problems.add(
                        Problem.error(
                                        KubernetesCode.RIGHT_MISSING,
                                        "the right to %s %s is missing (context %s)"
                                                .formatted(
                                                        String.join(", ", verbs),
                                                        where,
                                                        home.cluster().access().context()))
                                .withHint(KubernetesCode.RIGHT_MISSING.remedy())));
        return problems;
    }

    private boolean known(List<Rule> rules, Need need) {
        return need.address().namespace().equals(Optional.of(home.namespace()))
                && rules.stream().anyMatch(rule -> rule.allows(need.verb(), need.address()));
    }
}
