package dev.fairlead.deploy.workload;

import dev.fairlead.diagnostic.Marked;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `stringData` of a Secret as the `data` that the API server makes of it: what is only written can be neither compared
/// nor owned.
final class StringData {
    private StringData() {}

    static void encoded(Map<String, @Nullable Object> tree) {
        if (!"Secret".equals(tree.get("kind"))
                || !"v1".equals(tree.get("apiVersion"))
                || !(tree.get("stringData") instanceof Map<?, ?> texts)) {
            return;
        }
        var data = new LinkedHashMap<String, @Nullable Object>();
        if (tree.get("data") instanceof Map<?, ?> before) {
            data.putAll(Manifests.keyed(before));
        }
        texts.forEach((key, value) -> data.put(String.valueOf(key), encoded(value)));
        tree.remove("stringData");
        tree.put("data", data);
    }

    private static @Nullable Object encoded(@Nullable Object value) {
        return switch (value) {
            case String text -> base64(text);
            case Marked text when text.hasSecret() -> {
                var whole = base64(text.reveal());
                var names =
                        text.spans().stream()
                                .map(Marked.Span::name)
                                .distinct()
                                .collect(Collectors.joining("+"));
                yield Marked.of(whole, List.of(new Marked.Span(0, whole.length(), names)));
            }
            case Marked text -> base64(text.reveal());
            case null, default -> value; // the API server says what is wrong with it
        };
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
