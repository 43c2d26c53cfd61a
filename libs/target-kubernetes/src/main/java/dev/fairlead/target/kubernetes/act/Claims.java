package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.ClaimTemplates;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Inventory.Entry;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The claims that the StatefulSets of a unit made. They are entered into the inventory before their sets go: after that
/// nothing tells whose they were.
final class Claims {
    private static final String KIND = "PersistentVolumeClaim";

    private Claims() {}

    /// @param objects of the unit
    static List<Entry> of(Home home, UnitName unit, Collection<ObjectRef> objects) {
        var claims = new ArrayList<Entry>();
        for (var ref : objects) {
            if (ref.kind().equals("StatefulSet")) {
                home.address(ref)
                        .flatMap(at -> home.ask(() -> home.cluster().find(at)))
                        .ifPresent(set -> claims.addAll(of(home, unit, set)));
            }
        }
        return claims;
    }

    private static List<Entry> of(Home home, UnitName unit, Map<String, Object> set) {
        if (Trees.maps(set, "spec", "volumeClaimTemplates").isEmpty()) {
            return List.of();
        }
        var space = Trees.text(set, "metadata", "namespace").orElse(home.namespace());
        var all = Selection.of(home.core(KIND)).in(space);
        return home.ask(() -> home.cluster().list(all)).objects().stream()
                .map(claim ->
                        new Entry(
                                unit,
                                new ObjectRef(
                                        "",
                                        KIND,
                                        space,
                                        Trees.text(claim, "metadata", "name").orElse("")),
                                Trees.text(claim, "metadata", "uid").orElse("")))
                .filter(entry -> ClaimTemplates.make(set, entry.ref()))
                .toList();
    }
}
