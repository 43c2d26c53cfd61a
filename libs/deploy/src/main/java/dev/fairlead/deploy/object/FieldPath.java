package dev.fairlead.deploy.object;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A field as the API server names it: `.spec.template.spec.containers[name="api"].image`.
public final class FieldPath {
    private static final Pattern BY_NAME = Pattern.compile("\\[name=\"([^\"]*)\"\\]");
    private static final Pattern PART = Pattern.compile("([^=,]+)=(\"[^\"]*\"|[^,]*)");

    private FieldPath() {}

    /// As people write it: `spec.template.spec.containers[api].image`.
    public static String shown(String path) {
        var named =
                BY_NAME.matcher(path)
                        .replaceAll(match -> Matcher.quoteReplacement("[" + match.group(1) + "]"));
        return named.startsWith(".") ? named.substring(1) : named;
    }

    /// The value in a tree; empty where there is none.
    public static Optional<Object> find(Map<String, ?> tree, String path) {
        return Optional.ofNullable(at(tree, path.startsWith(".") ? path : "." + path));
    }

    private static @Nullable Object at(@Nullable Object value, String path) {
        if (path.isEmpty()) {
            return value;
        }
        if (path.startsWith(".") && value instanceof Map<?, ?> map) {
            // Keys may hold dots: the longest that fits is meant.
            String best = null;
            for (var key : map.keySet()) {
                var name = String.valueOf(key);
                if (fits(path.substring(1), name)
                        && (best == null || name.length() > best.length())) {
                    best = name;
                }
            }
            return best == null ? null : at(map.get(best), path.substring(1 + best.length()));
        }
        int end = path.indexOf(']');
        if (path.startsWith("[") && end > 0 && value instanceof List<?> list) {
            return at(item(list, path.substring(1, end)), path.substring(end + 1));
        }
        return null;
    }

    private static boolean fits(String path, String key) {
        return path.startsWith(key)
                && (path.length() == key.length()
                        || path.charAt(key.length()) == '.'
                        || path.charAt(key.length()) == '[');
    }

    private static @Nullable Object item(List<?> list, String selector) {
        if (selector.matches("[0-9]+")) {
            int index = Integer.parseInt(selector);
            return index < list.size() ? list.get(index) : null;
        }
        if (selector.startsWith("=")) {
            var wanted = unquoted(selector.substring(1));
            return list.stream()
                    .filter(item -> wanted.equals(String.valueOf(item)))
                    .findFirst()
                    .orElse(null);
        }
        return list.stream()
                .filter(item -> item instanceof Map<?, ?> map && selects(map, selector))
                .findFirst()
                .orElse(null);
    }

    private static boolean selects(Map<?, ?> item, String selector) {
        var parts = PART.matcher(selector);
        boolean any = false;
        while (parts.find()) {
            any = true;
            var value = item.get(parts.group(1));
            // A part of the key that is not said is filled in by the server.
            if (value != null && !unquoted(parts.group(2)).equals(String.valueOf(value))) {
                return false;
            }
        }
        return any;
    }

    private static String unquoted(String text) {
        return text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
