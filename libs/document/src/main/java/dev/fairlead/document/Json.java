package dev.fairlead.document;

import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.util.DefaultPrettyPrinter;

/// Plain trees as JSON. A plain tree is made of `null`, Boolean, Integer, Long, Double, BigInteger, String, List and Map
/// with string keys; anything else ({@link dev.fairlead.diagnostic.Marked}, names, enums, instants) is written by its
/// `toString`, which for a secret is its masked form.
public final class Json {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    private static final ObjectWriteContext COMPACT = ObjectWriteContext.empty();
    private static final ObjectWriteContext PRETTY =
            new ObjectWriteContext.Base() {
                @Override
                public PrettyPrinter getPrettyPrinter() {
                    return new DefaultPrettyPrinter();
                }
            };

    private Json() {}

    /// One line, keys in the tree's own order; sorted where a map has none.
    public static String compact(@Nullable Object tree) {
        return written(tree, COMPACT, false);
    }

    /// Indented for people, keys in the tree's own order (sorted where a map has none), no line break at the end.
    public static String pretty(@Nullable Object tree) {
        return written(tree, PRETTY, false);
    }

    /// The one form that is hashed and compared: one line, keys sorted at every level.
    public static String canonical(@Nullable Object tree) {
        return written(tree, COMPACT, true);
    }

    /// A plain tree; maps keep the order of the text.
    ///
    /// @throws IllegalArgumentException when the text is not JSON
    public static @Nullable Object read(String text) {
        // By the parser alone: the mapper of the same library takes longer to be made than most
        // texts to be
        // read.
        try (var json = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (json.nextToken() == null) {
                throw new IllegalArgumentException("not JSON: there is nothing");
            }
            var tree = value(json);
            if (json.nextToken() != null) {
                throw new IllegalArgumentException("not JSON: something follows its end");
            }
            return tree;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static @Nullable Object value(JsonParser json) {
        return switch (json.currentToken()) {
            case START_OBJECT -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    var name = json.currentName();
                    json.nextToken();
                    map.put(name, value(json));
                }
                yield map;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                yield list;
            }
            case VALUE_NUMBER_INT -> json.getNumberValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_STRING -> json.getString();
            case VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE, PROPERTY_NAME, END_OBJECT, END_ARRAY ->
                    throw new IllegalStateException("a value was due: " + json.currentToken());
        };
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

    // Word by word and without a copy: hashes are made of every unit of every plan.
    private static String written(@Nullable Object tree, ObjectWriteContext form, boolean sorted) {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(form, text)) {
            write(json, tree, sorted);
        }
        return text.toString();
    }

    private static void write(JsonGenerator json, @Nullable Object value, boolean sorted) {
        switch (value) {
            case null -> json.writeNull();
            case Map<?, ?> map -> {
                json.writeStartObject();
                for (var member : ordered(map, sorted).entrySet()) {
                    json.writeName(String.valueOf(member.getKey()));
                    write(json, member.getValue(), sorted);
                }
                json.writeEndObject();
            }
            case Iterable<?> list when !(value instanceof java.nio.file.Path) -> {
                json.writeStartArray();
                for (var member : list) {
                    write(json, member, sorted);
                }
                json.writeEndArray();
            }
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Double number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case Number number -> json.writeNumber(number.toString());
            default -> json.writeString(value.toString());
        }
    }

    // A map without an order of its own would print differently in each process.
    private static Map<?, ?> ordered(Map<?, ?> map, boolean sorted) {
        boolean asItIs = sorted ? isSorted(map) : map instanceof SequencedMap;
        if (asItIs) {
            return map;
        }
        var copy = new TreeMap<String, @Nullable Object>();
        map.forEach((key, member) -> copy.put(String.valueOf(key), member));
        return copy;
    }

    // By the keys' own order, which for text is the one that is meant.
    private static boolean isSorted(Map<?, ?> map) {
        return map instanceof SortedMap<?, ?> tree
                && tree.comparator() == null
                && (tree.isEmpty() || tree.firstKey() instanceof String);
    }
}
