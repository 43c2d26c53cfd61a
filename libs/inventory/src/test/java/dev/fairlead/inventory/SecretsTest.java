package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No value of a secret reaches anything that is shown, whatever a stack does with it.
class SecretsTest {
    private static final String TOKEN = "Hunter2: \"x\"";

    @TempDir Path folder;

    private Sample sample(String rest) {
        return Sample.in(folder)
                .variable("TOKEN", TOKEN)
                .variable("ACCOUNT", "{\"user\":\"Jay\",\"port\":5432,\"tls\":true,\"of\":[\"a\"]}")
                .spec(
                        """
                        env: [ TOKEN ]
                        secrets: { token: { env: TOKEN }, account: { env: ACCOUNT } }
                        environments: { dev: { target: local } }
                        """
                                + rest);
    }

    private static String service(String value) {
        return "services:\n- name: s\n  deployGroup: edge\n  run:\n    command:\n    - "
                + value
                + "\n";
    }

    private Marked value(String template) {
        var environment = sample(service("'" + template + "'")).evaluate(Sample.choice("dev"));
        var unit = Objects.requireNonNull(environment.units().get(new UnitName("s")));
        return unit.run()
                .map(run ->
                        run.work() instanceof dev.fairlead.inventory.unit.Work.Command(var command)
                                ? command.getFirst()
                                : Marked.EMPTY)
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            textBlock =
                    """
                    {{ (.Secrets | toYaml | fromYaml).token }} => ${secret:token} => Hunter2: "x"
                    {{ (dict "a" .Secrets.token "n" 5 | toJson | fromJson) }} => map[a:${secret:token} n:5] => map[a:Hunter2: "x" n:5]
                    {{ (dict "a" (print "u:" .Secrets.token "@") | toYaml | fromYaml).a }} => ${secret:token} => u:Hunter2: "x"@
                    {{ (fromJson .Secrets.account).user }} => ${secret:account} => Jay
                    {{ (fromYaml .Secrets.account).port }} => ${secret:account} => 5432
                    {{ fromYaml .Secrets.account }} => map[of:[${secret:account}] port:${secret:account} tls:true user:${secret:account}] => map[of:[a] port:5432 tls:true user:Jay]
                    {{ (printf "{\\"port\\":%s}" (fromJson .Secrets.account).port | fromJson).port }} => ${secret:account} => 5432
                    {{ (print "a: 1\\nb: " (toJson .Secrets.token) | fromYaml) }} => map[a:1 b:${secret:token}] => map[a:1 b:Hunter2: "x"]
                    {{ (print (toJson .Secrets.token) ": 7" | fromYaml) }} => map[${secret:token}:${secret:token}] => map[${secret:token}:7]
                    {{ env "TOKEN" }} {{ envOr "TOKEN" "y" | b64enc }} => ${secret:token} ${secret:token} => Hunter2: "x" SHVudGVyMjogIngi
                    """)
    void theMarkStaysThroughYamlJsonAndTheEnvironment(
            String template, String shown, String revealed) {
        assertThat(value(template)).hasToString(shown);
        assertThat(value(template).reveal()).isEqualTo(revealed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ fromJson .Secrets.token }}",
                "{{ fromYaml (print \"[\" .Secrets.token) }}",
                "{{ index .Vars .Secrets.token }}",
                "{{ int .Secrets.token }}",
                "{{ index .Secrets.token 0 }}"
            })
    void noErrorTellsIt(String template) {
        assertThat(sample(service("'" + template + "'")).evaluateProblems(Sample.choice("dev")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).doesNotContain("Hunter"));
    }

    @Test
    void whatEverybodySeesCannotHoldIt() {
        var problems =
                sample(
                                """
                                services:
                                - name: s
                                  deployGroup: edge
                                  when: '{{ env "TOKEN" }}'
                                  run: { command: [ a ], ports: { http: '{{ env "TOKEN" }}' } }
                                """)
                        .check(Sample.choice("dev"));
        assertThat(problems)
                .containsExactly(
                        "services.yaml:11:11 BAD_VALUE a secret cannot stand here, as the value is shown",
                        "services.yaml:12:43 BAD_VALUE a secret cannot stand here, as the value is shown");
    }

    @Test
    void aValueThatNamesItselfManyTimesIsNotWrittenWithoutEnd() {
        for (var function : new String[] {"toYaml", "toJson"}) {
            var template =
                    "{{ $l := list 1 }}{{ range until 60 }}{{ $l = list $l $l }}{{ end }}{{ "
                            + function
                            + " $l }}";
            assertThat(sample(service("'" + template + "'")).evaluateProblems(Sample.choice("dev")))
                    .singleElement()
                    .asString()
                    .contains("TEMPLATE_LIMIT_STEPS");
        }
    }
}
