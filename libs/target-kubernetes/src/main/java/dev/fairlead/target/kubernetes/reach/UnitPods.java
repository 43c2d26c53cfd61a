package dev.fairlead.target.kubernetes.reach;

import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.ready.Condition;
import dev.fairlead.target.kubernetes.ready.Conditions;
import dev.fairlead.target.kubernetes.ready.OwnPods;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The pods of one unit.
///
/// @param objects of the unit, as they are
record UnitPods(Home home, List<Map<String, Object>> objects) {
    /// Those that run: the ready ones first, then by name.
    List<Map<String, Object>> running() {
        var pods = Selection.of(home.core("Pod")).in(home.namespace());
        return home.ask(() -> home.cluster().list(pods)).objects().stream()
                .filter(pod -> objects.stream().anyMatch(object -> OwnPods.owns(object, pod)))
                .filter(pod -> Trees.text(pod, "metadata", "deletionTimestamp").isEmpty())
                .filter(pod ->
                        Trees.text(pod, "status", "phase").filter("Running"::equals).isPresent())
                .sorted(
                        Comparator.comparing((Map<String, Object> pod) -> !isReady(pod))
                                .thenComparing(UnitPods::name))
                .toList();
    }

    static boolean isReady(Map<String, Object> pod) {
        return Conditions.of(pod) instanceof Condition.Current;
    }

    static String name(Map<String, Object> pod) {
        return Trees.text(pod, "metadata", "name").orElse("");
    }
}
