package dev.fairlead.template;

import static dev.fairlead.template.Templates.problems;
import static dev.fairlead.template.Templates.set;
import static dev.fairlead.template.Templates.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Source;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A template can never hang or exhaust memory: each limit has its own error.
class LimitsTest {
    private static Code code(String template) {
        return problems(() -> text(template, Map.of())).getFirst().code();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            textBlock =
                    """
                    {{ define "t" }}{{ template "t" . }}{{ end }}{{ template "t" . }} => DEPTH
                    {{ define "t" }}{{ include "t" . }}{{ end }}{{ include "t" . }} => DEPTH
                    {{ define "t" }}{{ with 1 }}{{ if . }}{{ include "t" . | indent 1 }}{{ end }}{{ end }}{{ end }}{{ include "t" . }} => DEPTH
                    {{ define "a" }}{{ template "b" }}{{ end }}{{ define "b" }}{{ template "a" }}{{ end }}{{ template "a" }} => DEPTH
                    {{ $l := list }}{{ range 200000 }}{{ $l = list $l }}{{ end }}{{ $l }} => DEPTH
                    {{ range 1000000000 }}{{ end }} => STEPS
                    {{ range 9223372036854775807 }}{{ end }} => STEPS
                    {{ $n := until 9223372036854775807 }} => STEPS
                    {{ $n := until -9223372036854775808 }} => STEPS
                    {{ $s := "xxxxxxxxxxxxxxxx" }}{{ range 60 }}{{ $s = print $s $s }}{{ end }} => STEPS|OUTPUT
                    {{ $s := "xxxxxxxxxxxxxxxx" }}{{ range 60 }}{{ $s = $s | replace "x" "xxxx" }}{{ end }} => STEPS|OUTPUT
                    {{ $l := list 1 }}{{ range 60 }}{{ $l = list $l $l }}{{ end }}{{ $l }} => OUTPUT
                    {{ $l := list 1 }}{{ range 60 }}{{ $l = list $l $l }}{{ end }}{{ print $l }} => OUTPUT|STEPS
                    {{ $s := printf "%01000000d" 1 }}{{ $s | replace "0" $s }} => OUTPUT
                    {{ $s := printf "%01000000d" 1 }}{{ $s | replace "" $s }} => OUTPUT
                    {{ $s := printf "%01000000d" 1 | replace "0" "\\n" }}{{ $s | indent 999 }} => OUTPUT
                    {{ $s := printf "%01000000d" 1 }}{{ until 1000000 | join $s }} => OUTPUT
                    {{ $s := printf "%01000000d" 1 }}{{ $d := split "" $s }}{{ range 10 }}{{ $d = split "" $s }}{{ end }} => STEPS
                    {{ $m := dict "a" 1 }}{{ range 60 }}{{ $m = dict "a" $m "b" $m }}{{ end }}{{ merge $m $m }} => STEPS|OUTPUT
                    {{ range 1000 }}{{ printf "%100000d" . }}{{ end }} => OUTPUT|STEPS
                    {{ range 4000000 }}0123456789{{ end }} => OUTPUT|STEPS
                    """)
    void aTemplateThatWouldNotEndEndsAtItsLimit(String template, String limits) {
        assertThat(limits.split("\\|", -1))
                .contains(code(template).name().substring("TEMPLATE_LIMIT_".length()));
    }

    @Test
    void callsMayNestAThousandDeepAndNoDeeper() {
        var nested =
                "{{ define \"t\" }}{{ if gt . 1 }}{{ template \"t\" (len (slice (until .) 1)) }}{{ end }}.{{ end }}";
        assertThat(text(nested + "{{ template \"t\" 1000 }}", null)).hasSize(1000);
        var problem = problems(() -> text(nested + "{{ template \"t\" 1001 }}", null)).getFirst();
        assertThat(problem.code()).isEqualTo(TemplateCode.TEMPLATE_LIMIT_DEPTH);
        assertThat(problem.what()).endsWith("exceeded maximum template depth (1000)");
        assertThat(problem.trace()).hasSizeBetween(10, 60);
    }

    @Test
    void theDeadlineEndsARendering() {
        var limits = new Limits(1_000, 1_000, Long.MAX_VALUE, Duration.ofMillis(20));
        var template =
                set().limits(limits)
                        .build()
                        .parse(new Source("slow", "{{ range 9223372036854775807 }}{{ end }}"));
        assertThat(problems(() -> template.render(null)).getFirst().code())
                .isEqualTo(TemplateCode.TEMPLATE_LIMIT_TIME);
    }

    @Test
    void limitsCanBeSet() {
        var template =
                set().limits(new Limits(1, 5, 100, Duration.ofSeconds(5)))
                        .build()
                        .parse(new Source("x", "{{ . }}"));
        assertThat(template.render("12345").text().reveal()).isEqualTo("12345");
        assertThat(problems(() -> template.render("123456")).getFirst().code())
                .isEqualTo(TemplateCode.TEMPLATE_LIMIT_OUTPUT);
    }

    @Test
    void sourcesThatNestTooDeeplyAreRefusedAndNotFollowed() {
        assertThat(code("{{ print " + "(".repeat(5_000) + "1" + ")".repeat(5_000) + " }}"))
                .isEqualTo(TemplateCode.TEMPLATE_LIMIT_DEPTH);
        assertThat(code("{{ if 1 }}".repeat(5_000) + "{{ end }}".repeat(5_000)))
                .isEqualTo(TemplateCode.TEMPLATE_LIMIT_DEPTH);
        assertThat(code("{{ if 1 }}x" + "{{ else if 2 }}y".repeat(5_000) + "{{ end }}"))
                .isEqualTo(TemplateCode.TEMPLATE_LIMIT_DEPTH);
    }

    @Test
    void aVariableThatWasNotGrantedIsNotSeen() {
        assertThat(text("{{ env \"REGION\" }}", null)).isEqualTo("eu-1");
        assertThat(problems(() -> text("{{ env \"HOME\" }}", null)).getFirst().what())
                .endsWith("error calling env: the stack declares no variable HOME");
        assertThat(problems(() -> text("{{ envOr \"HOME\" \"x\" }}", null)).getFirst().what())
                .endsWith("the stack declares no variable HOME");
        assertThat(problems(() -> text("{{ env \"ZONE\" }}", null)).getFirst().what())
                .endsWith("the variable ZONE is not set");
    }
}
