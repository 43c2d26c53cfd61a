package dev.fairlead.deploy.object;

import dev.fairlead.document.Json;
import java.util.List;
import java.util.Map;
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

    private static @Nullable Map<?, ?> fields(Map<String, ?> live, String manager) {
        if (live.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("managedFields") instanceof List<?> entries) {
            for (var entry : entries) {
                if (entry instanceof Map<?, ?> map
                        && manager.equals(map.get("manager"))
                        && "Apply".equals(map.get("operation"))
                        && !map.containsKey("subresource")
                        && map.get("fieldsV1") instanceof Map<?, ?> fields) {
                    return fields;
                }
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
        for (var entry : owned.entrySet()) {
            var key = String.valueOf(entry.getKey());
            if (key.startsWith("k:") && matches(map, Json.readObject(key.substring(2)))) {
                return owns(map, entry.getValue());
            }
        }
        return false;
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
