package dev.fairlead.template;

import static dev.fairlead.template.Templates.problems;
import static dev.fairlead.template.Templates.set;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.ProblemText;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.testkit.Covers;
import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartialsTest {
    private static List<String> found(Runnable work) {
        return problems(work).stream().map(Problem::toString).toList();
    }

    private static Template manifest(TemplateSet set, String text) {
        return set.parse(new Source("web.yaml", text));
    }

    @Test
    @Covers("TPL-01")
    void definitionsOfPartialsAreCalledByTemplateAndIncludeFromEveryManifest() {
        var set =
                set(
                                "a.tpl",
                                "{{ define \"name\" }}{{ .n }}-svc{{ end }}",
                                "b.tpl",
                                "{{ define \"up\" }}{{ include \"name\" . | upper }}{{ end }}")
                        .build();
        assertThat(set.names()).containsExactly("name", "up");
        var one = manifest(set, "{{ template \"name\" . }} {{ include \"up\" . | quote }}");
        assertThat(one.render(Map.of("n", "web")).text().reveal()).isEqualTo("web-svc \"WEB-SVC\"");
        var two = set.parse(new Source("two.yaml", "{{ include \"name\" . }}"));
        assertThat(two.render(Map.of("n", "api")).text().reveal()).isEqualTo("api-svc");
    }

    @Test
    @Covers("TPL-01")
    void aManifestNeverSeesTheDefinitionsOfAnother() {
        var set = set().build();
        manifest(set, "{{ define \"mine\" }}{{ end }}{{ template \"mine\" }}");
        assertThat(found(() -> set.parse(new Source("two.yaml", "{{ template \"mine\" }}"))))
                .containsExactly(
                        "two.yaml:1:13 TEMPLATE_MISSING executing \"two.yaml\" at <{{template \"mine\"}}>:"
                                + " template \"mine\" not defined");
    }

    @Test
    @Covers("TPL-04")
    void twoDefinitionsOfOneNameAreAnErrorThatShowsBothPlaces() {
        assertThat(
                        found(() ->
                                set(
                                                "a.tpl",
                                                "\n{{ define \"x\" }}1{{ end }}",
                                                "b.tpl",
                                                "{{ define \"x\" }}2{{ end }}")
                                        .build()))
                .containsExactly(
                        "b.tpl:1:1 TEMPLATE_CONFLICT multiple definition of template \"x\"; the other"
                                + " one is at a.tpl:2:1");
    }

    @Test
    @Covers("TPL-04")
    void aManifestCannotReplaceADefinitionOfAPartial() {
        var set = set("a.tpl", "{{ define \"x\" }}1{{ end }}").build();
        assertThat(found(() -> manifest(set, "a\n{{ define \"x\" }}2{{ end }}")))
                .containsExactly(
                        "web.yaml:2:1 TEMPLATE_CONFLICT multiple definition of template \"x\"; the"
                                + " other one is at a.tpl:1:1");
    }

    @Test
    @Covers("TPL-04")
    void aDefinitionWithTheNameOfAFileIsAnError() {
        assertThat(found(() -> set("a.tpl", "{{ define \"a.tpl\" }}1{{ end }}").build()))
                .containsExactly(
                        "a.tpl:1:1 TEMPLATE_CONFLICT the template \"a.tpl\" has the name of a file; the"
                                + " other one is at a.tpl:1:1");
        var set = set("a.tpl", "").build();
        assertThat(found(() -> manifest(set, "{{ define \"a.tpl\" }}{{ end }}"))).hasSize(1);
        assertThat(found(() -> manifest(set, "{{ define \"web.yaml\" }}{{ end }}"))).hasSize(1);
    }

    @Test
    void theDefaultOfABlockGivesWayToADefinition() {
        var set =
                set(
                                "a.tpl",
                                "{{ define \"page\" }}<{{ block \"body\" . }}default{{ end }}>{{ end }}")
                        .build();
        var own = manifest(set, "{{ define \"body\" }}mine{{ end }}{{ template \"page\" . }}");
        assertThat(own.render(null).text().reveal()).isEqualTo("<mine>");
        assertThat(manifest(set, "{{ template \"page\" . }}").render(null).text().reveal())
                .isEqualTo("<default>");
        var earlier =
                set(
                                "a.tpl",
                                "{{ define \"body\" }}first{{ end }}",
                                "b.tpl",
                                "{{ block \"body\" . }}{{ end }}")
                        .build();
        assertThat(manifest(earlier, "{{ template \"body\" }}").render(null).text().reveal())
                .isEqualTo("first");
        assertThat(
                        found(() ->
                                set(
                                                "a.tpl",
                                                "{{ block \"b\" . }}{{ end }}",
                                                "b.tpl",
                                                "{{ block \"b\" . }}{{ end }}")
                                        .build()))
                .hasSize(1);
    }

    @Test
    @Covers("TPL-04")
    void missingTemplatesAndUnknownFunctionsOfAllFilesAreFoundWhenLoadingInOnePass() {
        assertThat(
                        found(() ->
                                set(
                                                "a.tpl",
                                                "{{ define \"labels\" }}{{ template \"lables\" }}{{ end }}",
                                                "b.tpl",
                                                "{{ quot 1 }}\n{{ include \"labes\" . | nope }}{{ if false }}{{ template \"gone\" }}{{ end }}")
                                        .build()))
                .containsExactly(
                        "a.tpl:1:34 TEMPLATE_MISSING executing \"labels\" at <{{template \"lables\"}}>:"
                                + " template \"lables\" not defined; did you mean \"labels\"?",
                        "b.tpl:1:4 TEMPLATE_UNKNOWN_FUNCTION function \"quot\" not defined; did you mean"
                                + " \"quote\"?",
                        "b.tpl:2:4 TEMPLATE_MISSING executing \"b.tpl\" at <include \"labes\" .>: template"
                                + " \"labes\" not defined; did you mean \"labels\"?",
                        "b.tpl:2:24 TEMPLATE_UNKNOWN_FUNCTION function \"nope\" not defined",
                        "b.tpl:2:57 TEMPLATE_MISSING executing \"b.tpl\" at <{{template \"gone\"}}>:"
                                + " template \"gone\" not defined");
    }

    @Test
    @Covers("TPL-04")
    void allParseErrorsOfAllFilesAreReportedAtOnce() {
        var problems =
                found(() ->
                        set(
                                        "a.tpl",
                                        "{{ if }}x{{ end }}\n{{ | .a }}\n{{ \"open }}\n{{ 1 }}{{ end }}\n{{ $x }}",
                                        "b.tpl",
                                        "x\n{{ range .a }}")
                                .build());
        assertThat(problems)
                .containsExactly(
                        "a.tpl:1:7 TEMPLATE_SYNTAX missing value for if",
                        "a.tpl:2:4 TEMPLATE_SYNTAX unexpected \"|\" in command",
                        "a.tpl:3:4 TEMPLATE_SYNTAX unterminated quoted string",
                        "a.tpl:4:11 TEMPLATE_SYNTAX unexpected {{end}}",
                        "a.tpl:5:4 TEMPLATE_SYNTAX undefined variable \"$x\"; did you mean \"$\"?",
                        "b.tpl:2:15 TEMPLATE_SYNTAX unexpected EOF");
    }

    @Test
    void anErrorShowsTheChainOfCallsThatLedThere() {
        var set =
                set(
                                "a.tpl",
                                "{{ define \"outer\" }}\n  {{ template \"inner\" .x }}{{ end }}",
                                "b.tpl",
                                "{{ define \"inner\" }}{{ .name.first }}{{ end }}")
                        .build();
        var template = manifest(set, "a: 1\nb: {{ include \"outer\" . | nindent 2 }}\n");
        var problem =
                problems(() -> template.render(Map.of("x", Map.of("name", "web")))).getFirst();
        assertThat(new ProblemText(false).of(problem))
                .isEqualTo(
                        """
                        error[TEMPLATE_EXECUTION] b.tpl:1:29 executing "inner" at <.name.first>: can't evaluate field first in type interface {}
                            1 | {{ define "inner" }}{{ .name.first }}{{ end }}
                              |                             ^
                          from a.tpl:2:15 {{template "inner" .x}}
                          from web.yaml:2:7 {{include "outer" .}}
                          hint: %s
                        """
                                .formatted(TemplateCode.TEMPLATE_EXECUTION.remedy()));
    }

    @Test
    void anUnknownNameForIncludeIsAnErrorWithANearName() {
        var set = set("a.tpl", "{{ define \"labels\" }}{{ end }}").build();
        var template = manifest(set, "{{ include (print \"lab\" \"el\") . }}");
        assertThat(found(() -> template.render(null)))
                .containsExactly(
                        "web.yaml:1:4 TEMPLATE_MISSING executing \"web.yaml\" at <include (print \"lab\""
                                + " \"el\") .>: error calling include: template: no template \"label\" associated"
                                + " with template \"web.yaml\"; did you mean \"labels\"?");
    }

    /// Computes its values when they are read.
    private static final class Lazy extends AbstractMap<String, String> {
        @Override
        public @Nullable String get(@Nullable Object key) {
            if ("broken".equals(key)) {
                throw new ProblemException(
                        List.of(Problem.error(TemplateCode.TEMPLATE_CONFLICT, "a cycle")));
            }
            return "value of " + key;
        }

        @Override
        public Set<Entry<String, String>> entrySet() {
            return Set.of();
        }
    }

    @Test
    void aMapMayBeLazyAndItsProblemsGoThrough() {
        var template = manifest(set().build(), "{{ .a }}{{ if .b }}{{ .broken }}{{ end }}");
        assertThat(found(() -> template.render(new Lazy())))
                .containsExactly("TEMPLATE_CONFLICT a cycle");
    }

    @Test
    void oneTemplateIsRenderedByManyThreads() {
        var set = set("a.tpl", "{{ define \"n\" }}{{ range . }}{{ . }},{{ end }}{{ end }}").build();
        var template = manifest(set, "{{ $x := .i }}{{ include \"n\" .l | quote }}{{ $x }}");
        var texts =
                IntStream.range(0, 2_000)
                        .parallel()
                        .mapToObj(i -> template.render(Map.of("i", i, "l", List.of(i, i))))
                        .map(rendered -> rendered.text().reveal())
                        .toList();
        for (int i = 0; i < texts.size(); i++) {
            assertThat(texts.get(i)).isEqualTo("\"%d,%d,\"%d".formatted(i, i, i));
        }
    }
}
