package dev.fairlead.target.kubernetes.home;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.client.ApplyMode;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Every object that the environment made and did not remove yet, in ConfigMaps of so many each. An object is entered
/// before it is made: then its uid is not known, and it counts as ours only when its labels and the owner of its fields say
/// so too. Losing the inventory deletes nothing.
public final class Inventory {
    /// Far below what a ConfigMap may hold.
    private static final int CHUNK = 2_000;

    private static final String INVENTORY = "inventory";
    private static final String KEY = "objects";

    private Inventory() {}

    /// @param uid empty while it is not known
    public record Entry(UnitName unit, ObjectRef ref, String uid) {
        public Entry with(String known) {
            return new Entry(unit, ref, known);
        }
    }

    /// @param state everything that the environment keeps in ConfigMaps
    public static List<Entry> of(List<Map<String, Object>> state) {
        var entries = new ArrayList<Entry>();
        for (var map : state) {
            if (Trees.text(map, "metadata", "labels", Home.STATE)
                    .filter(INVENTORY::equals)
                    .isPresent()) {
                Trees.text(map, "data", KEY)
                        .map(Json::read)
                        .filter(List.class::isInstance)
                        .ifPresent(list -> read((List<?>) list, entries));
            }
        }
        return entries;
    }

    private static void read(List<?> list, List<Entry> into) {
        for (var item : list) {
            if (item instanceof List<?> parts && parts.size() == 6) {
                var text = parts.stream().map(String::valueOf).toList();
                into.add(
                        new Entry(
                                new UnitName(text.get(0)),
                                new ObjectRef(text.get(1), text.get(2), text.get(3), text.get(4)),
                                text.get(5)));
            }
        }
    }

    /// Replaces the whole inventory; those ConfigMaps that are no longer needed go.
    ///
    /// @param before how many entries there were
    public static void write(Home home, List<Entry> entries, int before) {
        int needed = chunks(entries.size());
        for (int i = 0; i < needed; i++) {
            var part = entries.subList(i * CHUNK, Math.min(entries.size(), (i + 1) * CHUNK));
            var tree = tree(home, name(home, i), part);
            var address = home.own("ConfigMap", name(home, i));
            var _ =
                    home.ask(() -> home.cluster().apply(address, tree, ApplyMode.WRITE.forcing()))
                            .orThrow();
        }
        for (int i = needed; i < chunks(before); i++) {
            StateMap.delete(home, name(home, i));
        }
    }

    private static String name(Home home, int chunk) {
        return home.keeps(INVENTORY + "-" + chunk);
    }

    private static int chunks(int entries) {
        return (entries + CHUNK - 1) / CHUNK;
    }

    private static Map<String, Object> tree(Home home, String name, List<Entry> entries) {
        var rows =
                entries.stream()
                        .map(entry ->
                                List.of(
                                        entry.unit().value(),
                                        entry.ref().group(),
                                        entry.ref().kind(),
                                        entry.ref().namespace(),
                                        entry.ref().name(),
                                        entry.uid()))
                        .map(Json::compact)
                        .collect(Collectors.joining(",\n", "[", "]"));
        return StateMap.tree(
                home, "ConfigMap", name, INVENTORY, new LinkedHashMap<>(Map.of(KEY, rows)));
    }
}
