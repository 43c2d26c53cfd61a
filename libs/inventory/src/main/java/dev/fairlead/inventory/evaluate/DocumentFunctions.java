package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.kubernetes.GoJson;
import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.document.kubernetes.MarkedTree;
import dev.fairlead.template.Call;
import dev.fairlead.template.FunctionTable;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.TemplateFunction.Doc;
import dev.fairlead.template.TemplateFunction.Kind;
import dev.fairlead.template.TemplateFunction.Parameters;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The functions of the `fairlead` profile that need YAML or JSON, as Sprig and Helm have them.
public final class DocumentFunctions {
    private static final int CHARACTERS_PER_STEP = 16;

    private DocumentFunctions() {}

    /// To be added to the profile's table.
    public static FunctionTable table() {
        return FunctionTable.of(
                Map.of(
                        "toYaml",
                        TemplateFunction.of(
                                new Doc(
                                        "toYaml value",
                                        "the value as YAML in the way of Kubernetes, keys sorted, without a line break at the end",
                                        "{{ dict \"b\" 1 \"a\" \"x\" | toYaml }}",
                                        "a: x\nb: 1"),
                                Parameters.of(Kind.ANY),
                                call -> KubernetesYaml.write(measured(call, call.value(0)))),
                        "fromYaml",
                        TemplateFunction.of(
                                new Doc(
                                        "fromYaml text",
                                        "the value that a YAML text holds, read in the way of Kubernetes",
                                        "{{ (fromYaml \"a: { b: 1 }\").a.b }}",
                                        "1"),
                                Parameters.of(Kind.STRING),
                                call -> parsed(call, KubernetesYaml::read)),
                        "toJson",
                        TemplateFunction.of(
                                new Doc(
                                        "toJson value",
                                        "the value as JSON in the way of Go, keys sorted",
                                        "{{ dict \"b\" 1 \"a\" \"x\" | toJson }}",
                                        "{\"a\":\"x\",\"b\":1}"),
                                Parameters.of(Kind.ANY),
                                call -> GoJson.write(measured(call, call.value(0)))),
                        "fromJson",
                        TemplateFunction.of(
                                new Doc(
                                        "fromJson text",
                                        "the value that a JSON text holds",
                                        "{{ (fromJson `{\"a\":[1,2]}`).a | len }}",
                                        "2"),
                                Parameters.of(Kind.STRING),
                                call -> parsed(call, GoJson::read))));
    }

    private static @Nullable Object parsed(Call call, Function<String, @Nullable Object> reader) {
        var text = call.marked(0);
        call.charge(text.reveal().length() / CHARACTERS_PER_STEP);
        try {
            return MarkedTree.read(text, yaml -> computable(reader.apply(yaml)));
        } catch (IllegalArgumentException e) {
            // What is wrong quotes the text.
            throw call.error(
                    text.hasSecret()
                            ? "the text cannot be read, and as it holds a secret it is not shown where"
                            : String.valueOf(e.getMessage()));
        }
    }

    /// Whole numbers beyond 64 bits become floating ones, as Go's encoding/json makes them.
    private static @Nullable Object computable(@Nullable Object tree) {
        return switch (tree) {
            case BigInteger number -> number.doubleValue();
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> copy = new LinkedHashMap<>();
                map.forEach((key, value) -> copy.put(String.valueOf(key), computable(value)));
                yield copy;
            }
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                list.forEach(item -> copy.add(computable(item)));
                yield copy;
            }
            case null, default -> tree;
        };
    }

    /// A value that names another one many times is small here and endless when it is written.
    private static @Nullable Object measured(Call call, @Nullable Object value) {
        call.charge(1);
        switch (value) {
            case Map<?, ?> map -> {
                for (var entry : map.entrySet()) {
                    measured(call, entry.getKey());
                    measured(call, entry.getValue());
                }
            }
            case List<?> list -> list.forEach(item -> measured(call, item));
            case String text -> call.charge(text.length() / CHARACTERS_PER_STEP);
            case Marked text -> call.charge(text.reveal().length() / CHARACTERS_PER_STEP);
            case null, default -> {
                // of a size that is known
            }
        }
        return value;
    }
}
