package dev.fairlead.deploy.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.Json;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules in CEL that say when custom resources are ready.
class ReadyRulesTest {
    private static final String WIDGET =
            "{apiVersion: w.test/v1, kind: Widget, metadata: {name: w}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n";

    @TempDir private Path folder;
    private ClusterStack stack;

    @BeforeEach
    void open() {
        stack = new ClusterStack(folder);
    }

    private static Map<String, Object> tree(String status) {
        return Json.readObject(
                "{\"kind\": \"Widget\", \"metadata\": {\"generation\": 3}, \"spec\": {\"size\": 2, \"share\": 0.5, \"none\": null}, \"status\": "
                        + status
                        + "}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "object.status.phase == 'Running' | {\"phase\": \"Running\"}",
                "object.status.ready == object.spec.size && object.spec.share < 0.6 | {\"ready\": 2}",
                "object.status.observed == object.metadata.generation | {\"observed\": 3}",
                "object.status.conditions.exists(c, c.type == 'Up' && c.status == 'True') | {\"conditions\": [{\"type\": \"Up\", \"status\": \"True\"}]}",
                "has(object.status.url) && object.status.url.startsWith('https') | {\"url\": \"https://x\"}",
                "!has(object.spec.none) | {}",
            })
    void aRuleThatIsTrueMakesReady(String rule, String status) {
        assertThat(ReadyRules.open(rule, tree(status))).isEmpty();
    }

    @Test
    void whatIsNotTrueOrNotThereYetIsWaitedFor() {
        var rule = "object.status.phase == 'Running'";
        assertThat(ReadyRules.open(rule, tree("{\"phase\": \"Starting\"}")))
                .contains("not yet: object.status.phase == 'Running'");
        assertThat(ReadyRules.open(rule, tree("{}")))
                .contains(
                        "not yet: object.status.phase == 'Running' (key 'phase' is not present in map.)");
    }

    @Test
    @Covers("DEP-04")
    void theRuleStandsOnTheCustomResourceAlone() throws IOException {
        stack.manifest(", ready: { cel: \"object.status.up\" }", WIDGET);
        assertThat(stack.problems()).isEmpty();
        assertThat(ReadyRules.of(stack.masked("Widget.w.test/w"))).contains("object.status.up");
        assertThat(ReadyRules.of(stack.masked("ConfigMap/c"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "object.status.phase = 'Up' | column 21: token recognition error at: '= '",
                "status.phase == 'Up' | column 1: undeclared reference to 'status'",
                "object.size() | column 12: expected type 'bool' but found 'int'",
            })
    void aRuleThatCannotBeUsedIsRefusedAtItsPlace(String rule, String what) throws IOException {
        stack.manifest(", ready: { cel: \"" + rule + "\" }", WIDGET);
        assertThat(stack.problems())
                .singleElement()
                .asString()
                .startsWith("services.yaml:")
                .contains("READY_RULE_WRONG ready.cel: " + what);
    }

    @Test
    void aRuleForNothingIsRefused() throws IOException {
        stack.manifest(
                ", ready: { cel: \"object.status.up\" }",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}}");
        assertThat(stack.problems())
                .singleElement()
                .asString()
                .contains("the unit has no custom resource that it is for");
    }
}
