package dev.fairlead.target.local.state;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Members of a JSON object that must be there: files and messages of our own.
public final class Members {
    private Members() {}

    public static String text(Map<?, ?> tree, String key) {
        return (String) require(tree, key);
    }

    public static long number(Map<?, ?> tree, String key) {
        return ((Number) require(tree, key)).longValue();
    }

    @SuppressWarnings("unchecked") // JSON objects have string keys
    public static Map<String, Object> object(Map<?, ?> tree, String key) {
        return (Map<String, Object>) require(tree, key);
    }

    public static List<String> texts(Map<?, ?> tree, String key) {
        return ((List<?>) require(tree, key)).stream().map(String.class::cast).toList();
    }

    private static Object require(Map<?, ?> tree, String key) {
        @Nullable Object value = tree.get(key);
        return Objects.requireNonNull(value, key);
    }
}
