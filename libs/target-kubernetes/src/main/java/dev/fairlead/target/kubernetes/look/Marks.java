package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.Difference;
import dev.fairlead.deploy.object.Leaves;
import dev.fairlead.deploy.object.ObjectSnapshot.Owner;
import dev.fairlead.deploy.object.Ownership;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.kubernetes.client.ApplyMode;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The marks on objects: by them it is known whose an object is and what was applied to it.
public final class Marks {
    private Marks() {}

    /// The tree as it is sent: with the hash of its own content, and the paths of its secrets.
    public static Map<String, @Nullable Object> sent(DesiredObject object) {
        var tree = new LinkedHashMap<String, @Nullable Object>(object.tree());
        var metadata = new LinkedHashMap<String, @Nullable Object>(map(tree.get("metadata")));
        var annotations =
                new LinkedHashMap<String, @Nullable Object>(map(metadata.get("annotations")));
        annotations.put(Difference.APPLIED, object.hash());
        var hidden = Leaves.hidden(object.tree());
        if (!hidden.isEmpty()) {
            annotations.put(Difference.HIDDEN, String.join("\n", hidden));
        }
        metadata.put("annotations", annotations);
        tree.put("metadata", metadata);
        return tree;
    }

    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> copy.put(String.valueOf(key), member));
        }
        return copy;
    }

    /// The hash of what was applied.
    public static Optional<String> applied(Map<String, Object> live) {
        return Trees.text(live, "metadata", "annotations", Difference.APPLIED);
    }

    public static Owner owner(Map<String, Object> live, EnvironmentRef ref) {
        var stack = label(live, "stack");
        var env = label(live, "env");
        if (stack.isEmpty() || env.isEmpty() || !Ownership.applied(live, ApplyMode.MANAGER)) {
            return new Owner.Unknown();
        }
        var slot =
                label(live, "slot")
                        .filter(text -> text.matches("[0-9]{1,5}"))
                        .map(Integer::parseInt)
                        .orElse(0);
        var owner = new EnvironmentRef(stack.get(), env.get(), slot);
        return owner.equals(ref) ? new Owner.Ours() : new Owner.Other(owner.toString());
    }

    /// The unit that an object says it belongs to.
    public static Optional<String> unit(Map<String, Object> live) {
        return label(live, "unit");
    }

    private static Optional<String> label(Map<String, Object> live, String name) {
        return Trees.text(live, "metadata", "labels", "fairlead.dev/" + name);
    }
}
