package dev.fairlead.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.tree.JsonReader;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.tree.YamlReader;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Documents become trees whose every part knows its place.
class TreeTest {
    private static Node read(String yaml) {
        return YamlReader.read(new Source("f", yaml), new Problems()).orElseThrow();
    }

    private static List<String> problems(String yaml) {
        var problems = new Problems();
        var unused = YamlReader.read(new Source("f", yaml), problems);
        assertThat(unused).isNotNull();
        return problems.list().stream().map(Problem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1|1",
                "-0|0",
                "0x1F|31",
                "0o17|15",
                "007|7",
                "1.50|1.5",
                "1e3|1000",
                "1000000.0|1e+06",
                "12345678901234567890123|12345678901234567890123",
                ".inf|+Inf",
                "True|true",
                "yes|yes",
                "on|on",
                "1_000|1_000",
                "1.2.3|1.2.3",
                "+|+",
                "'1'|1",
                "!!str 1|1",
                "! 1|1",
                "!!int '0o17'|15",
                "!!float 1|1",
                "!!bool \"true\"|true",
            })
    void plainScalarsMeanWhatYaml12SaysAndPrintAsInGo(String written, String printed) {
        assertThat(((Node.Scalar) read(written)).printed()).isEqualTo(printed);
    }

    @Test
    void everyPartHasItsPlace() {
        var map = (Node.Mapping) read("a: 1\nbé: [ x, { c: y } ]\n");
        assertThat(map.keyPlace("bé")).hasToString("f:2:1");
        var list = (Node.Sequence) Objects.requireNonNull(map.find("bé"));
        assertThat(list.items().get(1).place()).hasToString("f:2:10");
    }

    @Test
    void aPlaceInsideATextPointsIntoItsLine() {
        var map = (Node.Mapping) read("a: |\n\n    one\n    two\nb: 'x y'\nc: >\n  f\n");
        assertThat(((Node.Scalar) Objects.requireNonNull(map.find("a"))).within(3, 2))
                .hasToString("f:4:6");
        assertThat(((Node.Scalar) Objects.requireNonNull(map.find("b"))).within(1, 3))
                .hasToString("f:5:7");
        assertThat(((Node.Scalar) Objects.requireNonNull(map.find("c"))).within(1, 1))
                .hasToString("f:6:4");
    }

    @Test
    void whatIsNoYamlIsSaidWithPlaceAndHint() {
        assertThat(problems("a: [ 1\n")).singleElement().asString().startsWith("f:2:1 YAML_SYNTAX");
        assertThat(problems("a:\n\tb: 1"))
                .singleElement()
                .asString()
                .endsWith("YAML is indented with spaces, never with tabs");
        assertThat(problems("a: {{ .X }}")).singleElement().asString().contains("needs quotes");
        assertThat(problems("a: *x"))
                .containsExactly("f:1:4 YAML_ALIAS no anchor \"x\" stands before this alias");
        assertThat(problems("a: !foo x")).containsExactly("f:1:4 YAML_SYNTAX unknown tag !foo");
        assertThat(problems("a: 1\n---\nb: 1"))
                .containsExactly(
                        "f:3:1 YAML_SYNTAX a second document starts here; one is expected; put it into a file of its own");
        assertThat(problems("[".repeat(300))).singleElement().asString().contains("YAML_TOO_LARGE");
        assertThat(problems("")).isEmpty();
    }

    @Test
    void whatOnlyYaml11KnowsIsRefused() {
        assertThat(problems("a: !!int x\nb: !!set { c }\nc: !!binary aGk="))
                .containsExactly(
                        "f:1:4 YAML_SYNTAX \"x\" is no !!int",
                        "f:2:4 YAML_SYNTAX unknown tag !!set",
                        "f:3:4 YAML_SYNTAX unknown tag !!binary");
        assertThat(problems("a: &x { b: 1 }\nc: { <<: *x, d: 2 }"))
                .containsExactly("f:2:6 YAML_MERGE_KEY YAML 1.2 has no merge key \"<<\"");
    }

    @Test
    void aCharacterThatIsNotAllowedIsNamedWithItsPlace() {
        assertThat(problems("a: 1\nb: x\u0007y"))
                .containsExactly(
                        "f:2:5 YAML_SYNTAX YAML does not allow the character U+0007; remove it, or write it as an escape in double quotes");
    }

    @Test
    void jsonHasPlacesToo() {
        var problems = new Problems();
        var node =
                JsonReader.read(
                        new Source("j", "{\n \"a\": [1, \"x\"],\n \"a\": null }"), problems);
        assertThat(problems.list())
                .extracting(Problem::toString)
                .containsExactly(
                        "j:3:2 YAML_DUPLICATE_KEY the key \"a\" stands here a second time; the first is at j:2:2");
        assertThat(node.orElseThrow().plain()).hasToString("{a=[1, x]}");
    }

    @Test
    void mapsMergeDeepAndEverythingElseReplaces() {
        var merged =
                Node.merge(
                        read("{ a: { x: 1, y: 1 }, b: [ 1, 2 ] }"),
                        read("{ a: { y: 2 }, b: [ 3 ] }"));
        assertThat(merged.plain()).hasToString("{a={x=1, y=2}, b=[3]}");
    }
}
