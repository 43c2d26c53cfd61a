package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.plan.Plan.Field;
import dev.fairlead.deploy.render.Desired;
import dev.fairlead.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The fields in which two masked contents differ, as finely as a person reads them: of a list only the items that differ.
final class FieldDiff {
    private static final String SECRETS = "secrets";

    private final List<Field> fields = new ArrayList<>();

    private FieldDiff() {}

    static List<Field> between(Map<String, Object> from, Map<String, Object> to) {
        var diff = new FieldDiff();
        diff.maps("", from, to);
        return diff.fields;
    }

    private void maps(String path, Map<?, ?> from, Map<?, ?> to) {
        var keys = new TreeSet<String>();
        from.keySet().forEach(key -> keys.add(String.valueOf(key)));
        to.keySet().forEach(key -> keys.add(String.valueOf(key)));
        for (var key : keys) {
            if (path.isEmpty() && key.equals(Desired.SEEN)) {
                continue; // nobody wants it to be so
            }
            if (path.isEmpty() && key.equals(SECRETS)) {
                fields.addAll(Fields.between(part(from), part(to)));
            } else {
                values(path.isEmpty() ? key : path + "." + key, from.get(key), to.get(key));
            }
        }
    }

    /// Fingerprints are no values to be shown.
    private static Map<String, Object> part(Map<?, ?> content) {
        return content.get(SECRETS) instanceof Map<?, ?> secrets
                ? Map.of(SECRETS, secrets)
                : Map.of();
    }

    private void values(String path, @Nullable Object from, @Nullable Object to) {
        if (isMap(from) && isMap(to)) {
            maps(path, map(from), map(to));
        } else if (from instanceof List<?> before && to instanceof List<?> after) {
            lists(path, before, after);
        } else if (!Json.canonical(from).equals(Json.canonical(to))) {
            fields.add(new Field(path, text(from), text(to)));
        }
    }

    private static boolean isMap(@Nullable Object value) {
        return value == null || value instanceof Map<?, ?>;
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    /// What both begin and end with is the same; between that, items are set against each other in their order.
    private void lists(String path, List<?> from, List<?> to) {
        int start = 0;
        int most = Math.min(from.size(), to.size());
        while (start < most && same(from.get(start), to.get(start))) {
            start++;
        }
        int end = 0;
        while (end < most - start
                && same(from.get(from.size() - 1 - end), to.get(to.size() - 1 - end))) {
            end++;
        }
        int before = from.size() - end;
        int after = to.size() - end;
        for (int i = start; i < Math.max(before, after); i++) {
            values(
                    path + "[" + i + "]",
                    i < before ? from.get(i) : null,
                    i < after ? to.get(i) : null);
        }
    }

    private static boolean same(Object one, Object other) {
        return Json.canonical(one).equals(Json.canonical(other));
    }

    private static Optional<String> text(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case Map<?, ?> map -> Optional.of(Json.compact(map));
            case List<?> list -> Optional.of(Json.compact(list));
            default -> Optional.of(value.toString());
        };
    }
}
