package dev.fairlead.target.kubernetes.home;

import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.Removal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// ConfigMaps and Secrets that Fairlead keeps for itself.
public final class StateMap {
    private StateMap() {}

    /// @param what it is, as its label says
    public static Map<String, Object> tree(
            Home home, String kind, String name, String what, Map<String, ?> data) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", name);
        metadata.put("namespace", home.namespace());
        metadata.put("labels", Map.of(Home.STATE, what, Home.ENVIRONMENT, Home.key(home.ref())));
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", "v1");
        tree.put("kind", kind);
        tree.put("metadata", metadata);
        tree.put("data", data);
        return tree;
    }

    /// Removes a ConfigMap; one that is not there is no error.
    public static void delete(Home home, String name) {
        var removal =
                new Removal(
                        Optional.empty(),
                        Optional.empty(),
                        Removal.Propagation.BACKGROUND,
                        Optional.empty(),
                        false);
        var address = home.own("ConfigMap", name);
        if (home.ask(() -> home.cluster().delete(address, removal))
                        instanceof Answer.Refused(var refusal)
                && !refusal.notFound()) {
            throw refusal.problem().thrown();
        }
    }
}
