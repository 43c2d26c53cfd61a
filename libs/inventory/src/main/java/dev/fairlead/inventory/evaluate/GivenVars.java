package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.tree.Resolver;
import dev.fairlead.inventory.InventoryCode;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Puts the values of `--set a.b=value` in the place of the stack's own. A value keeps the kind of the one that it
/// replaces: a template that was written for a number would read a text without complaint, and `false` as true.
record GivenVars(Problems problems) {
    Node.Mapping set(Node.Mapping vars, SortedMap<String, String> sets) {
        var changed = vars;
        for (var set : sets.entrySet()) {
            changed = new Given(set.getKey(), set.getValue()).in(changed);
        }
        return changed;
    }

    /// One of them.
    private final class Given {
        private final String key;
        private final String value;
        private final List<String> path;
        private final Place place;

        Given(String key, String value) {
            this.key = key;
            this.value = value;
            this.path = List.of(key.split("\\.", -1));
            this.place = new Source("--set " + key, value).at(0);
        }

        Node.Mapping in(Node.Mapping vars) {
            if (path.contains("")) {
                wrong(
                        "\"%s\" is not the name of a variable".formatted(key),
                        "the form is a.b=value");
                return vars;
            }
            if (vars.find(path.getFirst()) == null) {
                problems.add(
                        Problem.error(
                                        InventoryCode.UNKNOWN_VAR,
                                        place,
                                        "the stack declares no variable \""
                                                + path.getFirst()
                                                + "\"")
                                .withHint(Nearest.hint(path.getFirst(), vars.entries().keySet())));
                return vars;
            }
            return replaced(vars, 0);
        }

        /// `in` with the value below it; `in` itself where that cannot be.
        private Node.Mapping replaced(Node.Mapping in, int depth) {
            var name = path.get(depth);
            var old = in.find(name);
            if (depth == path.size() - 1) {
                return fits(old)
                        ? in.with(
                                name,
                                new Node.Entry(
                                        place,
                                        new Node.Scalar(
                                                place, value, typed(old), Node.Style.PLAIN)))
                        : in;
            }
            if (old != null && !(old instanceof Node.Mapping) && !isNothing(old)) {
                var above = String.join(".", path.subList(0, depth + 1));
                wrong(
                        "%s is %s, so it has no \"%s\"%s"
                                .formatted(above, old.kind(), path.get(depth + 1), written(old)),
                        old instanceof Node.Scalar
                                ? "give it whole: --set " + above + "=" + value
                                : "--set reaches into maps alone; change the list in `vars`");
                return in;
            }
            var below = old instanceof Node.Mapping map ? map : Node.Mapping.empty(place);
            return in.with(name, new Node.Entry(place, replaced(below, depth + 1)));
        }

        private boolean fits(@Nullable Node old) {
            switch (old) {
                case null -> {
                    return true;
                }
                case Node.Mapping map -> {
                    wrong(
                            "%s is a map, and \"%s\" is a text%s"
                                    .formatted(key, value, written(old)),
                            map.entries().isEmpty()
                                    ? "name a key of it: --set %s.KEY=%s".formatted(key, value)
                                    : "name a key of it: --set %s.%s=%s; it has %s"
                                            .formatted(
                                                    key,
                                                    map.entries().firstEntry().getKey(),
                                                    value,
                                                    String.join(", ", map.entries().keySet())));
                    return false;
                }
                case Node.Sequence _ -> {
                    wrong(
                            "%s is a list, and \"%s\" is a text%s"
                                    .formatted(key, value, written(old)),
                            "a list cannot be given by --set; change it in `vars`");
                    return false;
                }
                case Node.Scalar scalar -> {
                    return fits(scalar);
                }
            }
        }

        private boolean fits(Node.Scalar old) {
            var now = Resolver.CORE.value(value);
            boolean same =
                    switch (old.value()) {
                        case null -> true;
                        case Boolean _ -> now instanceof Boolean;
                        case Number _ -> now instanceof Number;
                        default -> true;
                    };
            if (!same) {
                wrong(
                        "%s is %s, and \"%s\" is not one%s"
                                .formatted(key, old.kind(), value, written(old)),
                        old.value() instanceof Boolean
                                ? "give true or false"
                                : "give a number; a variable that may be a text is written in quotes in `vars`");
            }
            return same;
        }

        /// A text stays one, whatever it looks like.
        private @Nullable Object typed(@Nullable Node old) {
            boolean text =
                    old == null
                            || (old instanceof Node.Scalar scalar
                                    && scalar.value() instanceof String);
            return text ? value : Resolver.CORE.value(value);
        }

        private void wrong(String what, String hint) {
            problems.add(Problem.error(InventoryCode.BAD_VALUE, place, what).withHint(hint));
        }
    }

    private static boolean isNothing(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() == null;
    }

    private static String written(Node old) {
        return " (at " + old.place() + ")";
    }
}
