package dev.fairlead.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Plain trees as JSON. A plain tree is made of `null`, Boolean, Integer, Long, Double, BigInteger, String, List and Map
/// with string keys; anything else ({@link dev.fairlead.diagnostic.Marked}, names, enums, instants) is written by its
/// `toString`, which for a secret is its masked form.
public final class Json {
    private static final JsonMapper COMPACT = JsonMapper.builder().build();
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final JsonMapper LENIENT =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private Json() {}

    /// One line, keys in the tree's own order; sorted where a map has none.
    public static String compact(@Nullable Object tree) {
        return COMPACT.writeValueAsString(plain(tree, false));
    }

    /// Indented for people, keys in the tree's own order (sorted where a map has none), no line break at the end.
    public static String pretty(@Nullable Object tree) {
        return PRETTY.writeValueAsString(plain(tree, false));
    }

    /// The one form that is hashed and compared: one line, keys sorted at every level.
    public static String canonical(@Nullable Object tree) {
        return COMPACT.writeValueAsString(plain(tree, true));
    }

    /// A plain tree; maps keep the order of the text.
    ///
    /// @throws IllegalArgumentException when the text is not JSON
    public static @Nullable Object read(String text) {
        try {
            return LENIENT.readValue(text, Object.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    /// An object.
    ///
    /// @throws IllegalArgumentException when the text is not a JSON object
    @SuppressWarnings("unchecked") // JSON objects have string keys
    public static Map<String, Object> readObject(String text) {
        if (read(text) instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw new IllegalArgumentException("not a JSON object");
    }

    private static @Nullable Object plain(@Nullable Object value, boolean sorted) {
        return switch (value) {
            case null -> null;
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy =
                        sorted || !(map instanceof SequencedMap)
                                ? new TreeMap<>() // a map without an order of its own would print
                                // differently in each process
                                : new LinkedHashMap<>();
                map.forEach((key, member) -> copy.put(String.valueOf(key), plain(member, sorted)));
                yield copy;
            }
            case Iterable<?> list when !(value instanceof java.nio.file.Path) -> {
                List<@Nullable Object> copy = new ArrayList<>();
                list.forEach(member -> copy.add(plain(member, sorted)));
                yield copy;
            }
            case Boolean flag -> flag;
            case Number number -> number;
            default -> value.toString();
        };
    }
}
