package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Trees of values whose templates are evaluated when they are read.
final class LazyValues {
    private final Templates templates;
    private final Computation computation;

    LazyValues(Templates templates, Computation computation) {
        this.templates = templates;
        this.computation = computation;
    }

    /// @param path what messages call the map: `vars`
    /// @param context what templates in it see; asked for when one is evaluated
    Map<String, @Nullable Object> map(
            String path, Node.Mapping node, Supplier<? extends Map<String, ?>> context) {
        var map = new LazyMap();
        node.entries()
                .forEach((key, entry) ->
                        map.put(key, () -> value(path + "." + key, entry.value(), context)));
        return map;
    }

    private @Nullable Object value(
            String path, Node node, Supplier<? extends Map<String, ?>> context) {
        return switch (node) {
            case Node.Mapping map -> map(path, map, context);
            case Node.Sequence list -> list(path, list.items(), context);
            case Node.Scalar scalar ->
                    scalar.isTemplate()
                            ? computation.of(
                                    path, scalar.place(), () -> string(scalar, context.get()))
                            : number(scalar.value());
        };
    }

    /// Templates compute with 64 bits; a larger whole number is a text to them, so that it prints as it was written.
    private static @Nullable Object number(@Nullable Object value) {
        return value instanceof BigInteger ? value.toString() : value;
    }

    private List<@Nullable Object> list(
            String path, List<Node> items, Supplier<? extends Map<String, ?>> context) {
        var known = new HashMap<Integer, @Nullable Object>();
        return new AbstractList<>() {
            @Override
            public @Nullable Object get(int index) {
                if (!known.containsKey(index)) {
                    var place = path + "[" + index + "]";
                    known.put(index, value(place, items.get(index), context));
                }
                return known.get(index);
            }

            @Override
            public int size() {
                return items.size();
            }
        };
    }

    /// A string value: plain where nothing in it is secret.
    Object string(Node node, Map<String, ?> context) {
        return node instanceof Node.Scalar scalar ? plain(templates.text(scalar, context)) : "";
    }

    static Object plain(Marked text) {
        return text.hasSecret() ? text : text.reveal();
    }

    /// Evaluates everything in a tree and reports what cannot be.
    void force(Object tree, Problems problems) {
        if (tree instanceof Map<?, ?> map) {
            for (var key : map.keySet()) {
                forced(() -> map.get(key), problems);
            }
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                int index = i;
                forced(() -> list.get(index), problems);
            }
        }
    }

    private void forced(Supplier<@Nullable Object> member, Problems problems) {
        try {
            var value = member.get();
            if (value != null) {
                force(value, problems);
            }
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
    }
}
