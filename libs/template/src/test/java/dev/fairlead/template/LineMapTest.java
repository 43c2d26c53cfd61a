package dev.fairlead.template;

import static dev.fairlead.template.Templates.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// For each line of output: the place that wrote its first character, and the calls that led there.
class LineMapTest {
    private static List<String> origins(TemplateSet set, String manifest, Object data) {
        var rendered = set.parse(new Source("web.yaml", manifest)).render(data);
        var lines = rendered.text().reveal().split("\n", -1);
        assertThat(rendered.lines().lines()).isEqualTo(lines.length);
        var origins = new ArrayList<String>();
        for (int i = 0; i < lines.length; i++) {
            var origin = rendered.lines().origin(i + 1);
            var chain = new StringBuilder();
            origin.chain().forEach(step -> chain.append(" < ").append(step.place()));
            origins.add(lines[i] + " @ " + origin.place() + chain);
        }
        return origins;
    }

    @Test
    void aLineOfTextComesFromWhereItStands() {
        assertThat(origins(set().build(), "a: 1\nb: {{ .x }}\nc: 3", Map.of("x", 2)))
                .containsExactly(
                        "a: 1 @ web.yaml:1:1", "b: 2 @ web.yaml:2:1", "c: 3 @ web.yaml:3:1");
    }

    @Test
    void linesOfALoopComeFromItsBody() {
        assertThat(
                        origins(
                                set().build(),
                                "l:\n{{- range .l }}\n- {{ . }}\n{{- end }}\nz",
                                Map.of("l", List.of(1, 2))))
                .containsExactly(
                        "l: @ web.yaml:1:1",
                        "- 1 @ web.yaml:3:1",
                        "- 2 @ web.yaml:3:1",
                        "z @ web.yaml:5:1");
    }

    @Test
    void aWrongIndentationInAPartialNamesThePartial() {
        var set =
                set(
                                "labels.tpl",
                                "{{ define \"labels\" }}app: x\n   tier: y\n{{ template \"more\" }}{{ end }}",
                                "more.tpl",
                                "\n{{ define \"more\" }}zone: z{{ end }}")
                        .build();
        assertThat(
                        origins(
                                set,
                                "metadata:\n  labels:\n    {{- include \"labels\" . | nindent 4 }}\nend",
                                Map.of()))
                .containsExactly(
                        "metadata: @ web.yaml:1:1",
                        "  labels: @ web.yaml:2:1",
                        "    app: x @ labels.tpl:1:22 < web.yaml:3:9",
                        "       tier: y @ labels.tpl:2:1 < web.yaml:3:9",
                        "    zone: z @ more.tpl:2:20 < labels.tpl:3:13 < web.yaml:3:9",
                        "end @ web.yaml:4:1");
        assertThat(origins(set, "{{ template \"labels\" }}\nx", Map.of()).getFirst())
                .isEqualTo("app: x @ labels.tpl:1:22 < web.yaml:1:13");
    }

    @Test
    void theLinesOfAValueComeFromItsAction() {
        assertThat(origins(set().build(), "x:\n{{ .text }}!\n", Map.of("text", "a\nb")))
                .containsExactly(
                        "x: @ web.yaml:1:1",
                        "a @ web.yaml:2:4",
                        "b! @ web.yaml:2:4",
                        " @ web.yaml:3:1");
    }
}
