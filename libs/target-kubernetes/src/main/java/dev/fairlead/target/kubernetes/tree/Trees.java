package dev.fairlead.target.kubernetes.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks into an object's tree.
public final class Trees {
    private Trees() {}

    /// The text at a path of keys; empty where there is none.
    public static Optional<String> text(Map<String, ?> tree, String... path) {
        return Optional.ofNullable(at(tree, path))
                .filter(value -> !(value instanceof Map<?, ?>) && !(value instanceof List<?>))
                .map(Object::toString);
    }

    /// The whole number at a path of keys; empty where there is none.
    public static Optional<Long> number(Map<String, ?> tree, String... path) {
        return at(tree, path) instanceof Number number
                ? Optional.of(number.longValue())
                : Optional.empty();
    }

    /// The object at a path of keys; empty where there is none.
    @SuppressWarnings("unchecked") // JSON objects have string keys
    public static Map<String, Object> map(Map<String, ?> tree, String... path) {
        return at(tree, path) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    /// The objects of the list at a path of keys.
    @SuppressWarnings("unchecked") // JSON objects have string keys
    public static List<Map<String, Object>> maps(Map<String, ?> tree, String... path) {
        var maps = new ArrayList<Map<String, Object>>();
        if (at(tree, path) instanceof List<?> list) {
            for (var one : list) {
                if (one instanceof Map<?, ?> map) {
                    maps.add((Map<String, Object>) map);
                }
            }
        }
        return maps;
    }

    private static @Nullable Object at(Map<String, ?> tree, String... path) {
        Object at = tree;
        for (var key : path) {
            at = at instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return at;
    }
}
