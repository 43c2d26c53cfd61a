package dev.fairlead.inventory.schema;

import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.Json;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.document.typed.Durations;
import dev.fairlead.document.typed.Form;
import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Quantities;
import dev.fairlead.document.typed.Shape;
import dev.fairlead.inventory.keys.StackKeys;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The JSON Schema (2020-12) of services.yaml.
public final class JsonSchema {
    private final Map<String, Object> definitions = new TreeMap<>();

    private JsonSchema() {}

    /// The schema as a text with a line break at the end; always the same.
    public static String text() {
        var writer = new JsonSchema();
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "https://fairlead.dev/schemas/services-v1alpha1.json");
        schema.put("title", "Fairlead services.yaml");
        schema.putAll(writer.struct(StackKeys.FILE));
        schema.put("$defs", writer.definitions);
        return Json.pretty(schema) + "\n";
    }

    private Map<String, Object> struct(Shape.Struct struct) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", struct.about());
        schema.put("type", "object");
        schema.put("additionalProperties", false);
        var properties = new LinkedHashMap<String, Object>();
        var required = new ArrayList<String>();
        for (var key : struct.keys().values()) {
            properties.put(key.name(), key(key));
            if (key.required()) {
                required.add(key.name());
            }
        }
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (!struct.exclusive().isEmpty()) {
            schema.put("allOf", struct.exclusive().stream().map(JsonSchema::atMostOne).toList());
        }
        return schema;
    }

    private static Map<String, Object> atMostOne(List<String> group) {
        var pairs = new ArrayList<Object>();
        for (int i = 0; i < group.size(); i++) {
            for (int j = i + 1; j < group.size(); j++) {
                pairs.add(Map.of("required", List.of(group.get(i), group.get(j))));
            }
        }
        return Map.of("not", Map.of("anyOf", pairs));
    }

    private Map<String, Object> key(Key key) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", described(key));
        schema.putAll(shape(key.shape()));
        key.fallback().ifPresent(value -> schema.put("default", read(value)));
        schema.put("examples", key.examples().stream().map(JsonSchema::read).toList());
        return schema;
    }

    private static String described(Key key) {
        var text = new StringBuilder(key.about());
        key.fallbackSays().ifPresent(words -> text.append(" Default: ").append(words).append('.'));
        key.due()
                .ifPresent(due ->
                        text.append(" Its effect comes with ").append(due.with()).append('.'));
        return text.toString();
    }

    /// A default or an example, from the way it is written.
    static @Nullable Object read(String written) {
        return YamlReader.read(new Source("example", written), new Problems())
                .orElseThrow(() -> new IllegalStateException("no YAML: " + written))
                .plain();
    }

    private Map<String, Object> shape(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text(text);
            case Shape.Flag _ -> map("type", "boolean");
            case Shape.Whole whole -> {
                var schema = map("type", "integer");
                schema.put("minimum", whole.least());
                schema.put("maximum", whole.most());
                yield schema;
            }
            case Shape.Span _ -> pattern(Durations.FORM, List.of("string", "integer"));
            case Shape.Quantity _ -> pattern(Quantities.FORM, List.of("string", "number"));
            case Shape.Word word ->
                    map("enum", word.words().stream().map(JsonSchema::word).toList());
            case Shape.ListOf list -> {
                var schema = map("type", list.template() ? List.of("array", "string") : "array");
                schema.put("items", shape(list.item()));
                if (list.template()) {
                    schema.put("pattern", "\\{\\{");
                }
                yield schema;
            }
            case Shape.MapOf map -> mapOf(map);
            case Shape.Struct struct -> {
                if (!definitions.containsKey(struct.name())) {
                    definitions.put(struct.name(), Map.of());
                    definitions.put(struct.name(), struct(struct));
                }
                yield map("$ref", "#/$defs/" + struct.name());
            }
            case Shape.Either either ->
                    map("anyOf", either.shapes().stream().map(this::shape).toList());
            case Shape.Anything _ -> new LinkedHashMap<>();
        };
    }

    /// A word that YAML reads as something else than a text stands for that, too.
    private static Object word(String word) {
        var value = read(word);
        return value == null ? word : value;
    }

    private Map<String, Object> mapOf(Shape.MapOf map) {
        var schema = map("type", map.template() ? List.of("object", "string") : "object");
        schema.put("additionalProperties", shape(map.value()));
        map.names()
                .ifPresent(form ->
                        schema.put("propertyNames", map("pattern", anchored(form.pattern()))));
        if (map.template()) {
            schema.put("pattern", "\\{\\{");
        }
        return schema;
    }

    /// A pattern holds for strings alone: where no number fits it, numbers are no way round it.
    private static Map<String, Object> text(Shape.Text text) {
        boolean scalars = text.form().map(form -> form.fits("1")).orElse(true);
        var schema = map("type", scalars ? List.of("string", "number", "boolean") : "string");
        text.form().map(Form::pattern).ifPresent(form -> schema.put("pattern", anchored(form)));
        return schema;
    }

    private static Map<String, Object> pattern(Pattern pattern, Object type) {
        var schema = map("type", type);
        schema.put("pattern", anchored(pattern));
        return schema;
    }

    private static String anchored(Pattern pattern) {
        return "^(?:" + pattern.pattern() + ")$";
    }

    private static Map<String, Object> map(String key, Object value) {
        var map = new LinkedHashMap<String, Object>();
        map.put(key, value);
        return map;
    }
}
