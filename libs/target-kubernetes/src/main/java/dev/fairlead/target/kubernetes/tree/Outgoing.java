package dev.fairlead.target.kubernetes.tree;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A tree on its way to the server: secrets are real in its text, and only there.
public final class Outgoing {
    private final String text;
    private final Map<String, String> masks;

    private Outgoing(String text, Map<String, String> masks) {
        this.text = text;
        this.masks = masks;
    }

    /// @param tree may hold {@link Marked} text
    public static Outgoing of(Map<String, ?> tree) {
        var masks = new LinkedHashMap<String, String>();
        return new Outgoing(Json.compact(revealed(tree, masks)), masks);
    }

    /// What is sent.
    public String text() {
        return text;
    }

    /// What the server says, without the secrets that it repeats.
    public String masked(String message) {
        var shown = message;
        for (var mask : masks.entrySet()) {
            shown = shown.replace(mask.getKey(), mask.getValue());
        }
        return shown;
    }

    private static @Nullable Object revealed(@Nullable Object value, Map<String, String> masks) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach(
                        (key, member) -> copy.put(String.valueOf(key), revealed(member, masks)));
                yield copy;
            }
            case List<?> list -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(member -> copy.add(revealed(member, masks)));
                yield copy;
            }
            case Marked text -> {
                mask(text, masks);
                yield text.reveal();
            }
            case null, default -> value;
        };
    }

    private static void mask(Marked text, Map<String, String> masks) {
        for (var span : text.spans()) {
            var secret = text.reveal().substring(span.start(), span.end());
            if (secret.length() >= Marked.SHORTEST_SECRET) {
                var shown = "${secret:" + span.name() + "}";
                var bytes = secret.getBytes(StandardCharsets.UTF_8);
                masks.put(secret, shown);
                masks.put(Base64.getEncoder().encodeToString(bytes), shown);
                masks.put(Base64.getEncoder().withoutPadding().encodeToString(bytes), shown);
            }
        }
    }
}
