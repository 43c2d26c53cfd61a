package dev.fairlead.template;

import static dev.fairlead.template.Templates.FUNCTIONS;
import static dev.fairlead.template.Templates.problem;
import static dev.fairlead.template.Templates.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The functions of the `fairlead` profile, by the examples of their reference and by Sprig's rules.
class ProfileTest {
    @TestFactory
    Stream<DynamicTest> everyExampleOfTheReferenceGivesWhatItSays() {
        return FUNCTIONS.names().stream()
                .flatMap(name -> FUNCTIONS.find(name).orElseThrow().doc().stream())
                .map(doc ->
                        DynamicTest.dynamicTest(
                                doc.signature(),
                                () ->
                                        assertThat(text(doc.example(), null))
                                                .isEqualTo(doc.gives())));
    }

    @Test
    void everyFunctionOfTheProfileIsThereAndDocumented() {
        var profile =
                List.of(
                        ("include default required ternary quote squote indent nindent trim trimPrefix"
                                        + " trimSuffix upper lower replace split join contains hasPrefix"
                                        + " hasSuffix b64enc b64dec sha256sum list dict get hasKey keys merge"
                                        + " coalesce empty int toString kindIs until semverCompare slug truncate"
                                        + " env envOr")
                                .split(" ", -1));
        for (var name : profile) {
            assertThat(FUNCTIONS.find(name).flatMap(TemplateFunction::doc)).as(name).isPresent();
        }
    }

    private static Map<String, Object> data() {
        var data = new HashMap<String, Object>();
        data.put("n", null);
        data.put("zero", 0);
        data.put("l", List.of("a", "", "b"));
        data.put("m", Map.of("a", 1, "deep", Map.of("x", 1, "y", "")));
        data.put("other", Map.of("a", 2, "b", 3, "deep", Map.of("x", 9, "y", "filled", "z", 0)));
        data.put("s", "text");
        return data;
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            textBlock =
                    """
                    {{ default "d" .zero }} {{ default "d" 0.0 }} {{ default "d" false }} {{ default "d" list }} {{ default "d" dict }} => d d d d d
                    {{ default "d" "x" }} {{ .n | default "d" }} {{ default "d" }} => x d d
                    {{ quote .n "a" 1 true 1.5 }} {{ quote "a\\"b" }} => "a" "1" "true" "1.5" "a\\"b"
                    {{ squote "a'b" .n }} => 'a'b'
                    {{ "a\\nb" | indent 2 | printf "%q" }} {{ "" | nindent 2 | printf "%q" }} => "  a\\n  b" "\\n  "
                    {{ trim "\\t a \\n" }}|{{ trimPrefix "x" "abc" }}|{{ trimSuffix "x" "abc" }}|{{ trimPrefix "" "a" }} => a|abc|abc|a
                    {{ upper "straße" }} {{ lower "ÀB" }} => STRASSE àb
                    {{ replace "a" "bb" "aXa" }} {{ replace "" "-" "ab" }} {{ replace "z" "y" "ab" }} => bbXbb -a-b- ab
                    {{ split "," "a,b,,c" }} {{ split "," "" }} {{ split "" "ab" }} => map[_0:a _1:b _2: _3:c] map[_0:] map[_0:a _1:b]
                    {{ join "," .l }} {{ join "," (list 1 2.5 true nil) }} {{ join "," "x" }} {{ join "," nil }}| => a,,b 1,2.5,true x |
                    {{ contains "" "a" }} {{ contains "b" "a" }} {{ hasPrefix "a" "ab" }} {{ hasSuffix "a" "ab" }} => true false true false
                    {{ b64enc "é" }} {{ b64enc "" }}|{{ b64dec "w6k=" }} => w6k= |é
                    {{ sha256sum "" }} => e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                    {{ list }} {{ list nil 1 }} {{ dict }} {{ dict "a" }} {{ dict 1 2 }} => [] [<nil> 1] map[] map[a:] map[1:2]
                    {{ get .m "a" }} {{ get .m "zzz" }}| {{ hasKey .m "a" }} {{ hasKey .m "b" }} => 1 | true false
                    {{ keys .m }} {{ keys .m (dict "z" 1) }} => [a deep] [a deep z]
                    {{ merge .m .other }} => map[a:1 b:3 deep:map[x:1 y:filled z:0]]
                    {{ merge (dict "a" 0) (dict "a" 5) }} {{ merge (dict "a" nil) (dict "a" nil) }} => map[a:5] map[a:<nil>]
                    {{ coalesce }} {{ coalesce 0 "" .n }} {{ coalesce .n 5 }} => <no value> <no value> 5
                    {{ empty 0 }} {{ empty " " }} {{ empty .n }} {{ empty .l }} => true false true false
                    {{ int "12" }} {{ int "-3" }} {{ int "x" }} {{ int 2.9 }} {{ int -2.9 }} {{ int true }} {{ int .n }} {{ int "0x1f" }} {{ int 7 }} => 12 -3 0 2 -2 1 0 31 7
                    {{ toString 1 }}{{ toString true }}{{ toString .l }}{{ toString "a" }} => 1true[a  b]a
                    {{ kindIs "string" "" }} {{ kindIs "slice" list }} {{ kindIs "bool" true }} {{ kindIs "float64" 1.0 }} {{ kindIs "invalid" nil }} {{ kindIs "int" "1" }} => true true true true true false
                    {{ until 0 }} {{ until 4 }} {{ until -3 }} {{ range $i := until 2 }}{{ $i }}{{ end }} => [] [0 1 2 3] [0 -1 -2] 01
                    {{ ternary 1 2 true }} {{ ternary 1 2 false }} {{ eq 1 1 | ternary "a" "b" }} => 1 2 a
                    {{ slug "Feature/ABC-123 -- x" }} {{ slug "--a--" }} {{ slug "ÄÖ" }}| {{ slug "" }}| => feature-abc-123-x a | |
                    {{ truncate 3 "äöüß" }} {{ truncate 10 "abc" }} {{ truncate 0 "abc" }}| => äöü abc |
                    {{ envOr "REGION" "x" }} {{ envOr "ZONE" "x" }} => eu-1 x
                    {{ include "t" .m }}{{ define "t" }}<{{ .a }}>{{ end }} => <1>
                    {{ required "m" 0 }} {{ required "m" .s }} {{ required "m" false }} => 0 text false
                    """)
    void followsSprigsAndHelmsRules(String template, String wanted) {
        assertThat(text(template, data())).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            textBlock =
                    """
                    1.2.3 | 1.2.3 | true
                    =1.2.3 | 1.2.4 | false
                    >=1.2.3 | 1.2.3 | true
                    >1.2.3 | 1.2.3 | false
                    >1.2 | 1.2.9 | false
                    >1.2 | 1.3.0 | true
                    <2 | 1.99.0 | true
                    <=1.2 | 1.2.9 | true
                    <=1.2.3 | 1.2.4 | false
                    !=1.2.3 | 1.2.4 | true
                    !=1.2 | 1.2.4 | false
                    ^1.2.3 | 1.9.0 | true
                    ^1.2.3 | 2.0.0 | false
                    ^0.2.3 | 0.2.9 | true
                    ^0.2.3 | 0.3.0 | false
                    ^0.0.3 | 0.0.3 | true
                    ^0.0.3 | 0.0.4 | false
                    ~1.2.3 | 1.2.9 | true
                    ~1.2.3 | 1.3.0 | false
                    ~1 | 1.9.9 | true
                    1.2.x | 1.2.7 | true
                    1.x | 2.0.0 | false
                    * | 3.1.4 | true
                    >=1.0, <2.0 | 1.5.0 | true
                    >= 1.0 < 2.0 | 2.5.0 | false
                    1.2 - 2.3 | 2.3.5 | true
                    1.2 - 2.3.4 | 2.3.5 | false
                    <1.0 || >=2.0 | 2.1.0 | true
                    >=1.0 | 1.5.0-rc.1 | false
                    >=1.0-0 | 1.5.0-rc.1 | true
                    >=1.5.0-rc.2 | 1.5.0-rc.10 | true
                    ^1.0.0 | v1.2.3+build | true
                    """)
    void comparesVersionsAsSprigDoes(String constraint, String version, boolean meets) {
        var template = "{{ semverCompare \"" + constraint + "\" \"" + version + "\" }}";
        assertThat(text(template, null)).isEqualTo(String.valueOf(meets));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '~',
            textBlock =
                    """
                    {{ required "a region" "" }} => error calling required: a region
                    {{ b64dec "%%" }} => error calling b64dec: illegal base64 data
                    {{ upper 1 }} => expected string; found 1
                    {{ 1 | upper }} => wrong type for value; expected string; got int
                    {{ indent "a" "b" }} => expected integer; found "a"
                    {{ upper }} => wrong number of args for upper: want 1 got 0
                    {{ get 1 "a" }} => error calling get: expected a map; got int
                    {{ keys 1 }} => can't handle 1 for arg of type map[string]interface {}
                    {{ semverCompare "foo" "1.0" }} => error calling semverCompare: improper constraint: foo
                    {{ semverCompare "1" "x" }} => error calling semverCompare: Invalid Semantic Version
                    {{ ternary 1 2 3 }} => expected bool; found 3
                    {{ include "x" }} => wrong number of args for include: want 2 got 1
                    {{ indent -1 "x" }} => error calling indent: cannot indent by -1
                    {{ truncate -1 "x" }} => error calling truncate: cannot truncate to -1 characters
                    """)
    void saysWhatIsWrongInGosWords(String template, String wanted) {
        assertThat(problem(template + "{{ define \"x\" }}{{ end }}", null).what()).endsWith(wanted);
    }
}
