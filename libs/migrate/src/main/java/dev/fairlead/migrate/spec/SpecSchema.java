package dev.fairlead.migrate.spec;

import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.Json;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.document.typed.Durations;
import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The JSON Schema (2020-12) of a MigrationSpec.
public final class SpecSchema {
    private static final List<String> SCALARS = List.of("string", "number", "boolean");

    private final Map<String, Object> definitions = new TreeMap<>();

    private SpecSchema() {}

    /// The schema as a text with a line break at the end; always the same.
    public static String text() {
        var writer = new SpecSchema();
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "https://fairlead.dev/schemas/migration-v1alpha1.json");
        schema.put("title", "Fairlead MigrationSpec");
        schema.putAll(writer.struct(SpecKeys.FILE));
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
        if (struct.name().equals("meta")) {
            schema.put("anyOf", alternatives(SpecKeys.NAME, SpecKeys.KEY));
        } else if (struct.equals(SpecKeys.SCRIPT_STRUCT)) {
            schema.put("oneOf", alternatives(SpecKeys.FORMS.toArray(Key[]::new)));
            schema.put(
                    "dependentRequired",
                    Map.of("url", List.of("sha256"), "sha256", List.of("url")));
        }
        return schema;
    }

    private static List<Object> alternatives(Key... keys) {
        return List.of(keys).stream()
                .map(key -> (Object) Map.of("required", List.of(key.name())))
                .toList();
    }

    private Map<String, Object> key(Key key) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put(
                "description",
                key.about()
                        + key.fallbackSays().map(words -> " Default: " + words + ".").orElse(""));
        schema.putAll(shape(key.shape()));
        if (key.name().equals("up")) {
            schema.put("minItems", 1);
        }
        key.fallback().ifPresent(value -> schema.put("default", read(value)));
        schema.put("examples", key.examples().stream().map(SpecSchema::read).toList());
        return schema;
    }

    /// A default or an example, from the way it is written.
    static @Nullable Object read(String written) {
        return YamlReader.read(new Source("example", written), new Problems())
                .orElseThrow(() -> new IllegalStateException("no YAML: " + written))
                .plain();
    }

    private Map<String, Object> shape(Shape shape) {
        return switch (shape) {
            case Shape.Text text ->
                    text.form()
                            .map(form -> pattern(form.pattern(), "string"))
                            .orElseGet(() -> map("type", SCALARS));
            case Shape.Flag _ -> map("type", "boolean");
            case Shape.Whole whole -> {
                var schema = map("type", "integer");
                schema.put("minimum", whole.least());
                schema.put("maximum", whole.most());
                yield schema;
            }
            case Shape.Span _ -> pattern(Durations.FORM, List.of("string", "integer"));
            case Shape.Word word -> map("enum", word.words());
            case Shape.ListOf list -> {
                var schema = map("type", "array");
                schema.put("items", shape(list.item()));
                yield schema;
            }
            case Shape.Struct struct -> {
                if (!definitions.containsKey(struct.name())) {
                    definitions.put(struct.name(), Map.of());
                    definitions.put(struct.name(), struct(struct));
                }
                yield map("$ref", "#/$defs/" + struct.name());
            }
            case Shape.Either either ->
                    map("anyOf", either.shapes().stream().map(this::shape).toList());
            case Shape.MapOf _, Shape.Quantity _, Shape.Anything _ ->
                    throw new IllegalStateException("no key of a spec is of this shape: " + shape);
        };
    }

    private static Map<String, Object> pattern(Pattern pattern, Object type) {
        var schema = map("type", type);
        schema.put("pattern", "^(?:" + pattern.pattern() + ")$");
        return schema;
    }

    private static Map<String, Object> map(String key, Object value) {
        var map = new LinkedHashMap<String, Object>();
        map.put(key, value);
        return map;
    }
}
