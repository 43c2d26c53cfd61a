package dev.fairlead.target.kubernetes.home;

import dev.fairlead.deploy.target.CauseTree;
import dev.fairlead.deploy.target.Session.Noted;
import dev.fairlead.deploy.target.Snapshot.Applied;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.client.ApplyMode;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The ConfigMaps that an environment keeps for itself, read in one request; and how units stand that are no objects, in
/// one of them.
///
/// @param maps as they are
public record State(List<Map<String, Object>> maps) {
    private static final String NOTES = "notes";
    private static final List<String> KEPT = List.of("inventory", NOTES);

    public State {
        maps = List.copyOf(maps);
    }

    public static State read(Home home) {
        var selection =
                Selection.of(home.core("ConfigMap"))
                        .in(home.namespace())
                        .labelled(
                                "%s in (%s),%s=%s"
                                        .formatted(
                                                Home.STATE,
                                                String.join(",", KEPT),
                                                Home.ENVIRONMENT,
                                                Home.key(home.ref())));
        return new State(home.ask(() -> home.cluster().list(selection)).objects());
    }

    /// @param maps all ConfigMaps of the namespace
    public static State among(Home home, List<Map<String, Object>> maps) {
        var own = Optional.of(Home.key(home.ref()));
        return new State(
                maps.stream()
                        .filter(map ->
                                Trees.text(map, "metadata", "labels", Home.STATE)
                                        .filter(KEPT::contains)
                                        .isPresent())
                        .filter(map ->
                                Trees.text(map, "metadata", "labels", Home.ENVIRONMENT).equals(own))
                        .toList());
    }

    /// Units of a kind of their own.
    public SortedMap<UnitName, Applied> noted() {
        var noted = new TreeMap<UnitName, Applied>();
        for (var map : maps) {
            if (Trees.text(map, "metadata", "labels", Home.STATE)
                    .filter(NOTES::equals)
                    .isPresent()) {
                Trees.map(map, "data")
                        .forEach((unit, text) -> {
                            var name = new UnitName(unit);
                            noted.put(name, applied(name, Json.readObject(text.toString())));
                        });
            }
        }
        return noted;
    }

    private static Applied applied(UnitName unit, Map<String, Object> tree) {
        var status =
                new UnitStatus(
                        unit,
                        UnitState.valueOf(text(tree, "state").toUpperCase(Locale.ROOT)),
                        Instant.parse(text(tree, "since")),
                        Optional.ofNullable(tree.get("cause"))
                                .filter(Map.class::isInstance)
                                .map(cause -> CauseTree.read((Map<?, ?>) cause)),
                        new TreeMap<>(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(text(tree, "hash")),
                        0,
                        Optional.empty());
        return new Applied(text(tree, "hash"), Trees.map(tree, "content"), status);
    }

    private static String text(Map<String, Object> tree, String key) {
        return Objects.requireNonNull(tree.get(key), key).toString();
    }

    /// Keeps how a unit stands.
    public static void note(Home home, UnitName unit, Noted noted, Instant now) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("state", noted.state().toString());
        tree.put("since", now.toString());
        tree.put("hash", noted.wanted().hash());
        tree.put("content", noted.wanted().content());
        noted.cause().ifPresent(cause -> tree.put("cause", CauseTree.of(cause)));
        change(home, unit, Optional.of(Json.compact(tree)));
    }

    /// Forgets a unit.
    public static void forget(Home home, UnitName unit) {
        change(home, unit, Optional.empty());
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static synchronized void change(Home home, UnitName unit, Optional<String> text) {
        var data = new TreeMap<String, Object>();
        home.ask(() -> home.cluster().find(home.own("ConfigMap", home.keeps(NOTES))))
                .ifPresent(map -> data.putAll(Trees.map(map, "data")));
        var before = data.get(unit.value());
        text.ifPresentOrElse(
                value -> data.put(unit.value(), value), () -> data.remove(unit.value()));
        if (!Objects.equals(before, data.get(unit.value()))) {
            var tree = StateMap.tree(home, "ConfigMap", home.keeps(NOTES), NOTES, data);
            var address = home.own("ConfigMap", home.keeps(NOTES));
            var _ =
                    home.ask(() -> home.cluster().apply(address, tree, ApplyMode.WRITE.forcing()))
                            .orThrow();
        }
    }
}
