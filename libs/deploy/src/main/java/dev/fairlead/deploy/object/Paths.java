package dev.fairlead.deploy.object;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How fields of an object are written for people: `spec.template.spec.containers[api].env[PORT].value`,
/// `metadata.annotations[fairlead.dev/applied]`, `spec.rules[0].host`.
public final class Paths {
    private Paths() {}

    /// A member of a map.
    public static String member(String path, String key) {
        if (key.indexOf('.') >= 0 || key.indexOf('/') >= 0) {
            return path + "[" + key + "]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    /// An item of a list: by its name where every item has one of its own, else by its number.
    public static String item(String path, List<?> list, int index) {
        var name = named(list) ? name(list.get(index)) : null;
        return path + "[" + (name == null ? Integer.toString(index) : name) + "]";
    }

    /// Whether the items of a list are told apart by their names.
    public static boolean named(List<?> list) {
        var names = new HashSet<String>();
        for (var item : list) {
            var name = name(item);
            if (name == null || !names.add(name)) {
                return false;
            }
        }
        return !list.isEmpty();
    }

    /// The name of an item, where it has one.
    public static @Nullable String name(@Nullable Object item) {
        return item instanceof Map<?, ?> map && map.get("name") instanceof String name
                ? name
                : null;
    }
}
