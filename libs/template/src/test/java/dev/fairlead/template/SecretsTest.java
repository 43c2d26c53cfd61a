package dev.fairlead.template;

import static dev.fairlead.template.Templates.rendered;
import static dev.fairlead.template.Templates.shown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Source;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A secret keeps its mark through every function and into the output.
class SecretsTest {
    private static final Marked PASSWORD = Marked.secret("db", "s3cr\"t pass");
    private static final Map<String, Object> DATA =
            Map.of(
                    "p",
                    PASSWORD,
                    "url",
                    new Marked.Builder().append("pg://u:").append(PASSWORD).append("@h/d").build(),
                    "l",
                    List.of("a", PASSWORD),
                    "m",
                    Map.of("k", PASSWORD),
                    "n",
                    Marked.secret("n", "735"),
                    "lines",
                    new Marked.Builder().append("a\n").append(Marked.secret("k", "x\ny")).build());

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            textBlock =
                    """
                    {{ .p }} => ${secret:db}
                    {{ .url }} => pg://u:${secret:db}@h/d
                    {{ print "a" .p "b" }} => a${secret:db}b
                    {{ printf "%s|%v" .p .url }} => ${secret:db}|pg://u:${secret:db}@h/d
                    {{ printf "%-14s|" .p }} => ${secret:db}   |
                    {{ printf "%.3s|" .p }} => ${secret:db}|
                    {{ printf "%q" .p }} => ${secret:db}
                    {{ printf "%x" .p }} => ${secret:db}
                    {{ printf "%d" .p }} => %!d(string=${secret:db})
                    {{ printf .p }} => ${secret:db}
                    {{ printf "%v" .l }} => [a ${secret:db}]
                    {{ .l }} {{ .m }} => [a ${secret:db}] map[k:${secret:db}]
                    {{ quote .p }} {{ squote .p }} => "${secret:db}" '${secret:db}'
                    {{ .p | upper }} {{ .p | lower }} => ${secret:db} ${secret:db}
                    {{ .p | b64enc }} => ${secret:db}
                    {{ .p | b64enc | b64dec }} => ${secret:db}
                    {{ .p | sha256sum }} => ${secret:db}
                    {{ .url | replace "@" "/" }} => pg://u:${secret:db}/h/d
                    {{ "a-b" | replace "-" .p }} => a${secret:db}b
                    {{ .url | trimPrefix "pg://" }} => u:${secret:db}@h/d
                    {{ .url | trimSuffix "/d" | trim }} => pg://u:${secret:db}@h
                    {{ .url | truncate 9 }} => pg://u:${secret:db}
                    {{ .p | slug }} => ${secret:db}
                    {{ join "," .l }} => a,${secret:db}
                    {{ (split "@" .url)._0 }} => pg://u:${secret:db}
                    {{ default "x" .p }} {{ coalesce "" .p }} => ${secret:db} ${secret:db}
                    {{ required "m" .p }} {{ ternary .p "x" true }} => ${secret:db} ${secret:db}
                    {{ toString .p }} {{ index .l 1 }} {{ get .m "k" }} => ${secret:db} ${secret:db} ${secret:db}
                    {{ (merge .m (dict "z" 1)).k }} {{ (dict "a" .p).a }} => ${secret:db} ${secret:db}
                    {{ html .p }} {{ js .p }} {{ urlquery .url }} => ${secret:db} ${secret:db} pg%3A%2F%2Fu%3A${secret:db}%40h%2Fd
                    {{ slice .url 5 9 }} => u:${secret:db}
                    {{ define "t" }}<{{ . }}>{{ end }}{{ include "t" .p | indent 1 }} =>  <${secret:db}>
                    {{ define "t" }}<{{ . }}>{{ end }}{{ template "t" .p }} => <${secret:db}>
                    {{ $x := .p }}{{ $x }} {{ with .p }}{{ . }}{{ end }} => ${secret:db} ${secret:db}
                    {{ range .l }}{{ . }};{{ end }} => a;${secret:db};
                    {{ envOr "ZONE" .p }} => ${secret:db}
                    {{ dict .p 1 }} => map[${secret:db}:1]
                    """)
    void theMarkStaysOnWhatComesFromTheSecret(String template, String wanted) {
        assertThat(shown(template, DATA)).isEqualTo(wanted);
    }

    @Test
    void theClearTextIsRightBehindTheMarks() {
        assertThat(rendered("{{ .url | quote }} {{ .p | b64enc }}", DATA).text().reveal())
                .isEqualTo("\"pg://u:s3cr\\\"t pass@h/d\" czNjciJ0IHBhc3M=");
    }

    @Test
    void indentingKeepsTheMarksOfEveryLine() {
        var text = rendered("{{ .lines | nindent 2 }}", DATA).text();
        assertThat(text.reveal()).isEqualTo("\n  a\n  x\n  y");
        assertThat(text).hasToString("\n  a\n  ${secret:k}\n  ${secret:k}");
    }

    @Test
    void lengthsAndComparisonsMayLookAtTheClearText() {
        assertThat(
                        shown(
                                "{{ len .p }} {{ eq .p \"s3cr\\\"t pass\" }} {{ contains \"pass\" .p }} {{ if .p }}set{{ end }}",
                                DATA))
                .isEqualTo("11 true true set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ .p.x }}",
                "{{ range .p }}{{ end }}",
                "{{ eq .l .m }}",
                "{{ b64dec .p }}",
                "{{ semverCompare .p \"1.0.0\" }}",
                "{{ required .p nil }}",
                "{{ env .p }}",
                "{{ call .p }}",
                "{{ .p | call }}",
                "{{ .m.k.x }}",
                "{{ template \"x\" .p }}",
                "{{ until (len .p) | index .p }}",
                "{{ include (print .p) 1 }}",
                "{{ index .m .p }}",
                "{{ index .p 0 }}",
                "{{ printf \"%c\" (index .p 0) }}",
                "{{ index .l (int .n) }}",
            })
    void noErrorTellsASecret(String template) {
        var problems = Templates.problems(() -> rendered(template, DATA));
        assertThat(problems).isNotEmpty();
        assertThat(problems.toString()).doesNotContain("s3cr", "735");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            textBlock =
                    """
                    {{ int .n }} => error calling int: ${secret:n} would be a number, which has no mark
                    {{ until (int .n) }} => error calling int: ${secret:n} would be a number, which has no mark
                    {{ index .p 0 }} => error calling index: a byte of ${secret:db} would be a number, which has no mark; slice gives a part of it
                    {{ index .m .p }} => map has no entry for key "${secret:db}"
                    """)
    void aSecretDoesNotBecomeANumber(String template, String wanted) {
        assertThat(Templates.problem(template, DATA).what()).endsWith(wanted);
    }

    @Test
    void aFunctionThatLooksAtASecretCannotLoseIt() {
        var functions =
                Templates.FUNCTIONS.with(
                        "first",
                        TemplateFunction.of(
                                TemplateFunction.Parameters.of(TemplateFunction.Kind.STRING),
                                call -> call.text(0).substring(0, 1)));
        var set = TemplateSet.builder().functions(functions).build();
        var template = set.parse(new Source("x", "{{ first .p }}{{ first \"q\" }}"));
        assertThat(template.render(DATA).text()).hasToString("${secret:db}q");
    }
}
