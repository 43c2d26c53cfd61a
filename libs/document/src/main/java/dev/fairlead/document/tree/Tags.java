package dev.fairlead.document.tree;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the tags of YAML's core schema make of a scalar.
final class Tags {
    private static final String CORE = "tag:yaml.org,2002:";

    /// What a scalar means, or why it cannot mean that.
    record Meaning(@Nullable Object value, Optional<String> fault) {}

    private Tags() {}

    /// The tag as people write it: `!!int`.
    static String shown(String tag) {
        return tag.startsWith(CORE) ? "!!" + tag.substring(CORE.length()) : tag;
    }

    /// @param tag `!` for a text
    static Meaning of(String tag, String text, Resolver resolver) {
        var value = resolver.value(text);
        return switch (shown(tag)) {
            case "!", "!!str" -> new Meaning(text, Optional.empty());
            case "!!int" -> fitting(value, value instanceof Number && !isFloat(value), tag, text);
            case "!!float" ->
                    fitting(
                            value instanceof Long whole ? (Object) (double) whole : value,
                            value instanceof Number,
                            tag,
                            text);
            case "!!bool" -> fitting(value, value instanceof Boolean, tag, text);
            case "!!null" -> fitting(value, value == null, tag, text);
            default -> new Meaning(text, Optional.of("unknown tag " + shown(tag)));
        };
    }

    private static boolean isFloat(@Nullable Object value) {
        return value instanceof Double;
    }

    private static Meaning fitting(@Nullable Object value, boolean fits, String tag, String text) {
        return fits
                ? new Meaning(value, Optional.empty())
                : new Meaning(text, Optional.of("\"" + text + "\" is no " + shown(tag)));
    }

    /// Whether a list or a map may have this tag.
    static boolean fits(Optional<String> tag, String kind) {
        return tag.map(Tags::shown)
                .map(shown -> shown.equals(kind) || shown.equals("!"))
                .orElse(true);
    }
}
