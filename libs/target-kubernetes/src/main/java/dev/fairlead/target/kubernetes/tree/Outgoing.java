package dev.fairlead.target.kubernetes.tree;

import dev.fairlead.deploy.mask.Masks;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tree on its way to the server: secrets are real in its text, and only there.
public final class Outgoing {
    private final String text;
    private final Map<String, String> secrets;

    /// @param secrets names by value
    private Outgoing(String text, Map<String, String> secrets) {
        this.text = text;
        this.secrets = secrets;
    }

    /// @param tree may hold {@link Marked} text
    public static Outgoing of(Map<String, ?> tree) {
        var secrets = new LinkedHashMap<String, String>();
        return new Outgoing(Json.compact(revealed(tree, secrets)), secrets);
    }

    /// What is sent.
    public String text() {
        return text;
    }

    /// What the server says, without the secrets that it repeats.
    public String masked(String message) {
        var masks = new Masks();
        secrets.forEach((value, name) -> masks.add(name, value));
        return masks.masked(message);
    }

    private static @Nullable Object revealed(@Nullable Object value, Map<String, String> secrets) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach(
                        (key, member) -> copy.put(String.valueOf(key), revealed(member, secrets)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(member -> copy.add(revealed(member, secrets)));
                yield copy;
            }
            case Marked text -> {
                collect(text, secrets);
                yield text.reveal();
            }
            case null, default -> value;
        };
    }

    private static void collect(Marked text, Map<String, String> secrets) {
        for (var span : text.spans()) {
            secrets.put(text.reveal().substring(span.start(), span.end()), span.name());
        }
    }
}
