package dev.fairlead.inventory.evaluate;

import dev.fairlead.document.kubernetes.GoJson;
import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.template.Call;
import dev.fairlead.template.FunctionTable;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.TemplateFunction.Doc;
import dev.fairlead.template.TemplateFunction.Kind;
import dev.fairlead.template.TemplateFunction.Parameters;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions of the `fairlead` profile that need YAML or JSON, as Sprig and Helm have them.
public final class DocumentFunctions {
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
                                call -> KubernetesYaml.write(call.value(0))),
                        "fromYaml",
                        TemplateFunction.of(
                                new Doc(
                                        "fromYaml text",
                                        "the value that a YAML text holds, read in the way of Kubernetes",
                                        "{{ (fromYaml \"a: { b: 1 }\").a.b }}",
                                        "1"),
                                Parameters.of(Kind.STRING),
                                DocumentFunctions::fromYaml),
                        "toJson",
                        TemplateFunction.of(
                                new Doc(
                                        "toJson value",
                                        "the value as JSON in the way of Go, keys sorted",
                                        "{{ dict \"b\" 1 \"a\" \"x\" | toJson }}",
                                        "{\"a\":\"x\",\"b\":1}"),
                                Parameters.of(Kind.ANY),
                                call -> GoJson.write(call.value(0))),
                        "fromJson",
                        TemplateFunction.of(
                                new Doc(
                                        "fromJson text",
                                        "the value that a JSON text holds",
                                        "{{ (fromJson `{\"a\":[1,2]}`).a | len }}",
                                        "2"),
                                Parameters.of(Kind.STRING),
                                DocumentFunctions::fromJson)));
    }

    private static @Nullable Object fromYaml(Call call) {
        try {
            return KubernetesYaml.read(call.text(0));
        } catch (IllegalArgumentException e) {
            throw call.error(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Object fromJson(Call call) {
        try {
            return GoJson.read(call.text(0));
        } catch (IllegalArgumentException e) {
            throw call.error(String.valueOf(e.getMessage()));
        }
    }
}
