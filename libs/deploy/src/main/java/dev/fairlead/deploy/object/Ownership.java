package dev.fairlead.deploy.object;

import dev.fairlead.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether the managed fields of an object prove that a manager owns every field of a tree: then each has the value that
/// this manager applied last. What cannot be proved is no, which costs a question to the server and nothing else.
public final class Ownership {
    private static final Set<String> NO_FIELDS = Set.of("apiVersion", "kind");
    private static final Set<String> NO_METADATA = Set.of("name", "namespace");

    private Ownership() {}

    /// Whether `manager` applied the object at all.
    public static boolean applied(Map<String, ?> live, String manager) {
        return fields(live, manager) != null;
    }

    /// @param live the object with its `metadata.managedFields`
    public static boolean proves(
            Map<String, ?> live, Map<String, @Nullable Object> desired, String manager) {
        var fields = fields(live, manager);
        if (fields == null) {
            return false;
        }
        for (var entry : desired.entrySet()) {
            if (entry.getKey().equals("metadata")) {
                if (!metadata(entry.getValue(), fields)) {
                    return false;
                }
            } else if (!NO_FIELDS.contains(entry.getKey())
                    && !member(entry.getKey(), entry.getValue(), fields)) {
                return false;
            }
        }
        return true;
    }

    /// A field that a manager applied and does not own any more.
    ///
    /// @param path as {@link Paths} writes it
    /// @param live its value now; null where there is none
    /// @param managers who own it now
    public record Lost(String path, Object applied, @Nullable Object live, List<String> managers) {
        public Lost {
            managers = List.copyOf(managers);
        }
    }

    /// The fields of what `manager` applied that it does not own any more: others set them, or took them away.
    ///
    /// @param live the object with its `metadata.managedFields`
    public static List<Lost> lost(
            Map<String, ?> live, Map<String, @Nullable Object> applied, String manager) {
        var others = new ArrayList<Part>();
        for (var entry : entries(live)) {
            if (!manager.equals(entry.get("manager"))) {
                others.add(new Part(String.valueOf(entry.get("manager")), entry.get("fieldsV1")));
            }
        }
        var whole = new Spot(live, fields(live, manager), others);
        var lost = new ArrayList<Lost>();
        for (var entry : applied.entrySet()) {
            var key = entry.getKey();
            if (key.equals("metadata") && entry.getValue() instanceof Map<?, ?> metadata) {
                metadata.forEach((name, value) -> {
                    if (!NO_METADATA.contains(String.valueOf(name))) {
                        var at = whole.member(key).member(String.valueOf(name));
                        lost(Paths.member(key, String.valueOf(name)), value, at, lost);
                    }
                });
            } else if (!NO_FIELDS.contains(key)) {
                lost(key, entry.getValue(), whole.member(key), lost);
            }
        }
        return lost;
    }

    private static void lost(String path, @Nullable Object value, Spot at, List<Lost> into) {
        if (value == null || owns(value, at.own())) {
            return;
        }
        switch (value) {
            case Map<?, ?> map when !map.isEmpty() && !at.isWhole() ->
                    map.forEach((key, member) -> {
                        var name = String.valueOf(key);
                        lost(Paths.member(path, name), member, at.member(name), into);
                    });
            case List<?> list when Paths.named(list) && !at.isWhole() -> {
                for (int i = 0; i < list.size(); i++) {
                    lost(Paths.item(path, list, i), list.get(i), at.item(list.get(i)), into);
                }
            }
            default -> into.add(new Lost(path, value, at.live(), at.owners(value)));
        }
    }

    /// What of some fields is a manager's.
    private record Part(String manager, @Nullable Object fields) {}

    /// One place of an object: what is there, and which fields below it belong to whom.
    ///
    private record Spot(@Nullable Object live, @Nullable Object own, List<Part> others) {
        Spot member(String key) {
            var below =
                    others.stream()
                            .map(part -> new Part(part.manager(), of(part.fields(), "f:" + key)))
                            .toList();
            return new Spot(of(live, key), of(own, "f:" + key), below);
        }

        /// @param item as it was applied
        Spot item(@Nullable Object item) {
            var below =
                    others.stream()
                            .map(part -> new Part(part.manager(), ofItem(item, part.fields())))
                            .toList();
            var name = Paths.name(item);
            var now =
                    live instanceof List<?> list
                            ? list.stream()
                                    .filter(one -> Objects.equals(name, Paths.name(one)))
                                    .findFirst()
                                    .orElse(null)
                            : null;
            return new Spot(now, ofItem(item, own), below);
        }

        /// Whether somebody owns a map or a list as one value.
        boolean isWhole() {
            return others.stream()
                    .anyMatch(part -> part.fields() instanceof Map<?, ?> map && map.isEmpty());
        }

        List<String> owners(Object value) {
            return others.stream()
                    .filter(part -> owns(value, part.fields()))
                    .map(Part::manager)
                    .distinct()
                    .toList();
        }

        private static @Nullable Object of(@Nullable Object tree, String key) {
            return tree instanceof Map<?, ?> map ? map.get(key) : null;
        }
    }

    private static @Nullable Object ofItem(@Nullable Object item, @Nullable Object fields) {
        if (item instanceof Map<?, ?> map && fields instanceof Map<?, ?> owned) {
            for (var entry : owned.entrySet()) {
                var key = String.valueOf(entry.getKey());
                if (key.startsWith("k:") && matches(map, Json.readObject(key.substring(2)))) {
                    return entry.getValue();
                }
            }
        }
        return null;
    }

    private static List<Map<?, ?>> entries(Map<String, ?> live) {
        var found = new ArrayList<Map<?, ?>>();
        if (live.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("managedFields") instanceof List<?> entries) {
            for (var entry : entries) {
                if (entry instanceof Map<?, ?> map) {
                    found.add(map);
                }
            }
        }
        return found;
    }

    private static @Nullable Map<?, ?> fields(Map<String, ?> live, String manager) {
        for (var entry : entries(live)) {
            if (manager.equals(entry.get("manager"))
                    && "Apply".equals(entry.get("operation"))
                    && !entry.containsKey("subresource")
                    && entry.get("fieldsV1") instanceof Map<?, ?> fields) {
                return fields;
            }
        }
        return null;
    }

    private static boolean metadata(@Nullable Object desired, Map<?, ?> fields) {
        if (!(desired instanceof Map<?, ?> map)) {
            return false;
        }
        var below = fields.get("f:metadata") instanceof Map<?, ?> found ? found : Map.of();
        return map.entrySet().stream()
                .filter(entry -> !NO_METADATA.contains(String.valueOf(entry.getKey())))
                .allMatch(entry -> member(String.valueOf(entry.getKey()), entry.getValue(), below));
    }

    private static boolean member(String key, @Nullable Object value, Map<?, ?> fields) {
        // The server drops what is null.
        return value == null || owns(value, fields.get("f:" + key));
    }

    /// @param fields what is owned below; empty means the value as a whole
    private static boolean owns(@Nullable Object value, @Nullable Object fields) {
        if (!(fields instanceof Map<?, ?> owned)) {
            return false;
        }
        if (owned.isEmpty()) {
            return true;
        }
        return switch (value) {
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .allMatch(entry ->
                                    member(
                                            String.valueOf(entry.getKey()),
                                            entry.getValue(),
                                            owned));
            case List<?> list -> list.stream().allMatch(item -> item(item, owned));
            case null, default -> true;
        };
    }

    private static boolean item(@Nullable Object item, Map<?, ?> owned) {
        if (!(item instanceof Map<?, ?> map)) {
            return owned.containsKey("v:" + Json.compact(item));
        }
        return owns(map, ofItem(map, owned));
    }

    /// A part of the key that the item does not say is filled in by the server.
    private static boolean matches(Map<?, ?> item, Map<String, Object> key) {
        return key.entrySet().stream()
                .allMatch(part ->
                        !item.containsKey(part.getKey())
                                || Json.compact(item.get(part.getKey()))
                                        .equals(Json.compact(part.getValue())));
    }
}
