package dev.fairlead.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.kubernetes.GoJson;
import dev.fairlead.document.kubernetes.KubernetesYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// YAML and JSON are written and read as Kubernetes and Go do it.
///
/// The table holds one case per line: `write` with the `yaml`, or `read` with the `json`, that sigs.k8s.io/yaml v1.6.0
/// gave for it. Left out on purpose: texts with the line breaks of Unicode (NEL, LS, PS), and a byte order mark in them.
class KubernetesYamlTest {
    @Test
    void everyCaseOfTheTableComesOutAsFromGo() throws IOException {
        var wrong = new ArrayList<String>();
        var lines = table();
        for (var line : lines) {
            var wanted = Json.readObject(line);
            var got =
                    wanted.containsKey("write")
                            ? String.valueOf(KubernetesYaml.write(wanted.get("write")))
                            : String.valueOf(
                                    GoJson.write(KubernetesYaml.read(text(wanted, "read"))));
            var expected =
                    wanted.containsKey("write")
                            ? text(wanted, "yaml").replaceAll("\n+$", "")
                            : text(wanted, "json");
            if (!got.equals(expected)) {
                wrong.add(line + "\n gave " + got);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(lines).hasSizeGreaterThan(400);
    }

    private static String text(Map<String, Object> of, String key) {
        return String.valueOf(of.get(key));
    }

    private static List<String> table() throws IOException {
        try (var in =
                Objects.requireNonNull(
                        KubernetesYamlTest.class.getResourceAsStream(
                                "kubernetes/kubernetes-yaml.jsonl"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void secretsKeepTheirMarks() {
        var tree = Map.of("a", Marked.of("x-secret", List.of(new Marked.Span(2, 8, "s"))), "b", 1);
        assertThat(KubernetesYaml.write(tree)).hasToString("a: x-${secret:s}\nb: 1");
        assertThat(GoJson.write(tree)).hasToString("{\"a\":\"x-${secret:s}\",\"b\":1}");
        var quoted = Map.of("a", Marked.secret("s", "a: \"b\"\nc"));
        assertThat(KubernetesYaml.write(quoted)).hasToString("a: ${secret:s}");
        assertThat(GoJson.write(quoted)).hasToString("{\"a\":\"${secret:s}\"}");
        assertThat(GoJson.write(quoted))
                .isInstanceOfSatisfying(
                        Marked.class,
                        text ->
                                assertThat(text.reveal())
                                        .isEqualTo("{\"a\":\"a: \\\"b\\\"\\nc\"}"));
    }

    @Test
    void jsonIsEscapedAsInGo() {
        assertThat(GoJson.write(List.of("<&>\u2028\u0001\b", 1e21, 1e-7, 0.5, 1e20)))
                .isEqualTo(
                        "[\"\\u003c\\u0026\\u003e\\u2028\\u0001\\b\",1e+21,1e-7,0.5,100000000000000000000]");
    }

    @Test
    void whatCannotBeReadIsSaidWithItsLine() {
        assertThatThrownBy(() -> KubernetesYaml.read("a: [1"))
                .hasMessageStartingWith("line 1, column");
        assertThatThrownBy(() -> GoJson.read("{\"a\":\n x}"))
                .hasMessageStartingWith("line 2, column");
    }
}
