package dev.fairlead.template;

import static dev.fairlead.template.Templates.problem;
import static dev.fairlead.template.Templates.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The default for missing keys: an absent value may be tested and defaulted, never printed or passed on.
class StrictModeTest {
    private static final Map<String, Object> DATA =
            Map.of("image", Map.of("repository", "web", "tag", ""), "ports", List.of(80));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ if .nope }}no{{ else }}ok{{ end }}",
                "{{ with .nope }}no{{ else }}ok{{ end }}",
                "{{ with .nope.deeper }}no{{ else with .image }}ok{{ end }}",
                "{{ if and .image .nope }}no{{ else }}ok{{ end }}",
                "{{ if or .nope .image }}ok{{ end }}",
                "{{ if not .nope }}ok{{ end }}",
                "{{ default \"ok\" .nope }}",
                "{{ .nope | default \"ok\" }}",
                "{{ .nope.deeper.still | default \"ok\" }}",
                "{{ .image.nope | default \"ok\" }}",
                "{{ or .nope \"ok\" }}",
                "{{ coalesce .nope .image.tag \"ok\" }}",
                "{{ if empty .nope }}ok{{ end }}",
                "{{ if not (hasKey .nope \"x\") }}ok{{ end }}",
                "{{ get .nope \"x\" }}ok",
                "{{ $x := .nope }}{{ $x | default \"ok\" }}",
                "{{ (.nope).x | default \"ok\" }}",
                "{{ index .image \"nope\" | default \"ok\" }}",
                "{{ index .image \"nope\" \"deeper\" | default \"ok\" }}",
            })
    void anAbsentValueMayBeTestedAndDefaulted(String template) {
        assertThat(text(template, DATA)).isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ .nope }}",
                "{{ print .nope }}",
                "{{ .nope | quote }}",
                "{{ eq .nope 1 }}",
                "{{ len .nope }}",
                "{{ range .nope }}{{ end }}",
                "{{ index .nope 0 }}",
                "{{ or .nope .image.nope }}",
                "{{ $x := .nope }}{{ $x }}",
                "{{ .nope.deeper }}",
                "{{ define \"t\" }}{{ end }}{{ template \"t\" .nope }}",
                "{{ define \"t\" }}{{ end }}{{ include \"t\" .nope }}",
                "{{ list .nope }}",
                "{{ index .image \"nope\" }}",
                "{{ index .image \"nope\" | quote }}",
                "{{ (split \":\" \"a\")._1 }}",
                "{{ dict \"a\" .nope }}",
                "{{ default .nope \"\" }}",
            })
    void anAbsentValueIsNeverPrintedOrPassedOn(String template) {
        assertThat(problem(template, DATA).code()).isEqualTo(TemplateCode.TEMPLATE_ABSENT_VALUE);
    }

    @Test
    void theErrorNamesThePlaceThePathAndANearKey() {
        var problem = problem("a: 1\nb: {{ .image.repositry }}\n", DATA);
        assertThat(problem)
                .hasToString(
                        "web.yaml:2:13 TEMPLATE_ABSENT_VALUE executing \"web.yaml\" at"
                                + " <.image.repositry>: map has no entry for key \"repositry\"; did you mean"
                                + " \"repository\"?");
    }

    @Test
    void withoutANearKeyTheHintIsADefaultForThePathThatIsAbsent() {
        assertThat(problem("{{ .nothing.like.it }}", DATA).hint())
                .contains("give it a default: default \"...\" .nothing");
    }

    @Test
    void theErrorStandsWhereTheValueWasReadNotWhereItWasUsed() {
        var problem = problem("{{ $x := .nope }}\n{{ $x }}", DATA);
        assertThat(problem.place()).hasToString("Optional[web.yaml:1:10]");
    }

    @Test
    void aNilThatIsThereIsNotAbsent() {
        var data = new HashMap<String, Object>();
        data.put("a", null);
        assertThat(text("{{ .a }} {{ print .a }} {{ hasKey . \"a\" }}", data))
                .isEqualTo("<no value> <nil> true");
    }

    @Test
    void requiredSaysItsMessage() {
        assertThat(problem("{{ required \"an image is needed\" .img }}", DATA).what())
                .isEqualTo(
                        "executing \"web.yaml\" at <required \"an image is needed\" .img>: error"
                                + " calling required: an image is needed");
    }
}
