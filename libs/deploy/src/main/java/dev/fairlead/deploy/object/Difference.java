package dev.fairlead.deploy.object;

import dev.fairlead.document.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The fields in which two states of one object differ, by path. What the server keeps for itself (status, versions, the
/// owners of fields) and Fairlead's own marks are no fields.
public final class Difference {
    /// The annotation with the hash of what was applied.
    public static final String APPLIED = "fairlead.dev/applied";

    /// The annotation with the paths of the fields that hold a secret.
    public static final String HIDDEN = "fairlead.dev/hidden";

    private static final Set<String> OF_THE_SERVER =
            Set.of(
                    "managedFields",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp",
                    "uid",
                    "selfLink");
    private static final String MASK = "(hidden)";

    private final Set<String> hidden;
    private final List<Field> fields = new ArrayList<>();

    private Difference(Set<String> hidden) {
        this.hidden = hidden;
    }

    /// One field; secrets masked.
    public record Field(String path, Optional<String> from, Optional<String> to) {}

    /// @param desired names the secrets that `to` is shown by
    public static List<Field> between(
            Map<String, ?> from, Map<String, ?> to, Map<String, @Nullable Object> desired) {
        var difference = new Difference(hidden(from, desired));
        difference.compare("", shown(from), shown(to), Leaves.masked(desired));
        return difference.fields;
    }

    /// What a live object has at a path, as people may see it; empty where there is nothing.
    ///
    /// @param path as the server names it
    /// @param desired names the secrets, with the marks of the object itself
    public static Optional<String> at(
            Map<String, ?> live, String path, Map<String, @Nullable Object> desired) {
        var difference = new Difference(hidden(live, desired));
        return FieldPath.find(live, path)
                .map(value -> difference.masked(FieldPath.shown(path), value))
                .map(Difference::text);
    }

    private Object masked(String path, Object value) {
        if (hidden.stream().anyMatch(one -> one.equals(path) || leads(one, path))) {
            return MASK;
        }
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, member) -> {
                    var name = String.valueOf(key);
                    copy.put(
                            name, member == null ? null : masked(Paths.member(path, name), member));
                });
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                for (int i = 0; i < list.size(); i++) {
                    var item = list.get(i);
                    copy.add(item == null ? null : masked(Paths.item(path, list, i), item));
                }
                yield copy;
            }
            default -> value;
        };
    }

    private static Set<String> hidden(Map<String, ?> live, Map<String, @Nullable Object> desired) {
        var hidden = new TreeSet<>(Leaves.hidden(desired));
        hidden.addAll(marked(live));
        if ("Secret".equals(live.get("kind")) || "Secret".equals(desired.get("kind"))) {
            hidden.add("data");
            hidden.add("stringData");
        }
        return hidden;
    }

    /// The paths that were secret when the object was applied.
    private static List<String> marked(Map<String, ?> tree) {
        return tree.get("metadata") instanceof Map<?, ?> metadata
                        && metadata.get("annotations") instanceof Map<?, ?> annotations
                        && annotations.get(HIDDEN) instanceof String paths
                ? List.of(paths.split("\n"))
                : List.of();
    }

    private static Map<String, Object> shown(Map<String, ?> tree) {
        var copy = new LinkedHashMap<String, Object>(tree);
        copy.remove("status");
        if (tree.get("metadata") instanceof Map<?, ?> metadata) {
            var kept = new LinkedHashMap<String, Object>();
            metadata.forEach((key, value) -> {
                if (value != null && !OF_THE_SERVER.contains(String.valueOf(key))) {
                    kept.put(String.valueOf(key), value);
                }
            });
            if (metadata.get("annotations") instanceof Map<?, ?> annotations) {
                var rest = new LinkedHashMap<Object, Object>(annotations);
                rest.remove(APPLIED);
                rest.remove(HIDDEN);
                kept.put("annotations", rest);
                if (rest.isEmpty()) {
                    kept.remove("annotations");
                }
            }
            copy.put("metadata", kept);
        }
        return copy;
    }

    private void compare(
            String path, @Nullable Object from, @Nullable Object to, @Nullable Object desired) {
        if (Objects.equals(plain(from), plain(to))) {
            return;
        }
        if (from instanceof Map<?, ?> before && to instanceof Map<?, ?> after) {
            maps(path, before, after, desired);
        } else if (from instanceof List<?> before
                && to instanceof List<?> after
                && Paths.named(before)
                && Paths.named(after)) {
            lists(path, before, after, desired);
        } else if (from == null && to instanceof Map<?, ?> after && !after.isEmpty()) {
            maps(path, Map.of(), after, desired);
        } else if (to == null && from instanceof Map<?, ?> before && !before.isEmpty()) {
            maps(path, before, Map.of(), desired);
        } else {
            leaf(path, from, to, desired);
        }
    }

    private void maps(String path, Map<?, ?> before, Map<?, ?> after, @Nullable Object desired) {
        var keys = new TreeSet<String>();
        before.keySet().forEach(key -> keys.add(String.valueOf(key)));
        after.keySet().forEach(key -> keys.add(String.valueOf(key)));
        for (var key : keys) {
            compare(
                    Paths.member(path, key),
                    before.get(key),
                    after.get(key),
                    desired instanceof Map<?, ?> map ? map.get(key) : null);
        }
    }

    private void lists(String path, List<?> before, List<?> after, @Nullable Object desired) {
        var names = new TreeSet<String>();
        before.forEach(item -> names.add(Objects.requireNonNull(Paths.name(item))));
        after.forEach(item -> names.add(Objects.requireNonNull(Paths.name(item))));
        for (var name : names) {
            compare(
                    path + "[" + name + "]",
                    item(before, name),
                    item(after, name),
                    desired instanceof List<?> list ? item(list, name) : null);
        }
    }

    private static @Nullable Object item(List<?> list, String name) {
        for (var item : list) {
            if (name.equals(Paths.name(item))) {
                return item;
            }
        }
        return null;
    }

    private void leaf(
            String path, @Nullable Object from, @Nullable Object to, @Nullable Object desired) {
        boolean secret = hidden.stream().anyMatch(one -> covers(one, path));
        fields.add(
                new Field(
                        path,
                        Optional.ofNullable(from).map(value -> secret ? MASK : text(value)),
                        Optional.ofNullable(to)
                                .map(value -> secret ? masked(desired) : text(value))));
    }

    private static String masked(@Nullable Object desired) {
        var shown = desired == null ? "" : text(desired);
        return shown.contains("${secret:") ? shown : MASK;
    }

    /// Whether one of two paths leads into the other.
    private static boolean covers(String one, String other) {
        return one.equals(other) || leads(one, other) || leads(other, one);
    }

    private static boolean leads(String above, String below) {
        return below.startsWith(above + ".") || below.startsWith(above + "[");
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value == null ? null : Json.canonical(value);
    }

    private static String text(Object value) {
        return value instanceof Map || value instanceof List
                ? Json.compact(value)
                : value.toString();
    }
}
