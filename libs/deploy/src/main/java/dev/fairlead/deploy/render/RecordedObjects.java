package dev.fairlead.deploy.render;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.DesiredObject.Origin;
import dev.fairlead.deploy.object.Leaves;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The objects of a recorded unit of the target `kubernetes`. A text with a secret is taken from the same place of the same
/// object as the stack declares it today: a record has no values.
final class RecordedObjects {
    private static final String PLACEHOLDER = "${secret:";

    private final SortedSet<String> missing = new TreeSet<>();
    private final UnitName unit;
    private final Origin origin;

    /// @param revision what stands for the file of its manifests
    RecordedObjects(UnitName unit, String revision) {
        this.unit = unit;
        this.origin = new Origin(revision, Optional.empty(), List.of());
    }

    /// Whether the content is one of such a unit.
    static boolean is(Map<String, Object> content) {
        return content.get("objects") instanceof Map<?, ?>;
    }

    /// Objects and places whose secrets cannot be given back; known after {@link #of}.
    SortedSet<String> missing() {
        return missing;
    }

    List<DesiredObject> of(Map<String, Object> content, List<DesiredObject> today) {
        var objects = new ArrayList<DesiredObject>();
        if (content.get("objects") instanceof Map<?, ?> recorded) {
            for (var tree : recorded.values()) {
                if (tree instanceof Map<?, ?> map) {
                    objects.add(object(keyed(map), today));
                }
            }
        }
        return objects;
    }

    private DesiredObject object(Map<String, @Nullable Object> tree, List<DesiredObject> today) {
        var ref = ObjectRef.of(tree);
        var same = today.stream().filter(one -> one.ref().equals(ref)).findFirst();
        if (same.isPresent()
                && Digest.ofTree(Leaves.masked(same.get().tree())).equals(Digest.ofTree(tree))) {
            return same.get();
        }
        var now = same.map(DesiredObject::tree).orElse(Map.of());
        var whole = new LinkedHashMap<String, @Nullable Object>();
        tree.forEach((key, value) -> whole.put(key, revived(ref + "." + key, value, now.get(key))));
        return new DesiredObject(ref, unit, whole, "", origin);
    }

    private @Nullable Object revived(String at, @Nullable Object recorded, @Nullable Object now) {
        return switch (recorded) {
            case Map<?, ?> map -> {
                var others = now instanceof Map<?, ?> known ? known : Map.of();
                var copy = new LinkedHashMap<String, @Nullable Object>();
                keyed(map)
                        .forEach((key, value) ->
                                copy.put(key, revived(at + "." + key, value, others.get(key))));
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                for (int i = 0; i < list.size(); i++) {
                    var other =
                            now instanceof List<?> known && i < known.size() ? known.get(i) : null;
                    copy.add(revived(at + "[" + i + "]", list.get(i), other));
                }
                yield copy;
            }
            case String text when text.contains(PLACEHOLDER) -> {
                if (now instanceof Marked value && value.toString().equals(text)) {
                    yield value;
                }
                missing.add(at);
                yield text;
            }
            case null, default -> recorded;
        };
    }

    private static Map<String, @Nullable Object> keyed(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
