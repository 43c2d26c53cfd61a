package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.render.Desired;
import dev.fairlead.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// The fields in which two masked contents differ.
final class Fields {
    private static final String SECRETS = "secrets.";

    private Fields() {}

    static List<Plan.Field> between(Map<String, Object> from, Map<String, Object> to) {
        var before = new TreeMap<String, String>();
        var after = new TreeMap<String, String>();
        flatten("", from, before);
        flatten("", to, after);
        before.keySet().removeIf(Fields::isSeen);
        after.keySet().removeIf(Fields::isSeen);
        var paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        var fields = new ArrayList<Plan.Field>();
        for (var path : paths) {
            var was = Optional.ofNullable(before.get(path));
            var is = Optional.ofNullable(after.get(path));
            if (!was.equals(is)) {
                fields.add(
                        path.startsWith(SECRETS)
                                ? secret(path, was, is)
                                : new Plan.Field(path, was, is));
            }
        }
        return fields;
    }

    private static boolean isSeen(String path) {
        return path.startsWith(Desired.SEEN + ".");
    }

    // Fingerprints say only that something changed; what is shown is the name.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static Plan.Field secret(String path, Optional<String> was, Optional<String> is) {
        var shown = "${secret:" + path.substring(SECRETS.length()) + "}";
        return new Plan.Field(
                path,
                was.map(_ -> shown),
                is.map(_ -> shown + (was.isPresent() ? " (changed)" : " (new)")));
    }

    private static void flatten(String path, Object value, SortedMap<String, String> into) {
        switch (value) {
            case Map<?, ?> map ->
                    map.forEach((key, member) ->
                            flatten(path.isEmpty() ? "" + key : path + "." + key, member, into));
            case List<?> list -> into.put(path, Json.compact(list));
            default -> into.put(path, value.toString());
        }
    }
}
