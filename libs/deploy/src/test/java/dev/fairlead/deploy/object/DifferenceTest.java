package dev.fairlead.deploy.object;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.Json;
import dev.fairlead.testkit.Covers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static Map<String, @Nullable Object> job(Object token) {
        var variable = new TreeMap<String, Object>(Map.of("name", "TOKEN", "value", token));
        var container = new TreeMap<String, Object>(Map.of("name", "c", "env", List.of(variable)));
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("kind", "Job");
        tree.put(
                "spec",
                Map.of("template", Map.of("spec", Map.of("containers", List.of(container)))));
        return tree;
    }

    /// A field that cannot be changed is shown as a whole, with what was secret in it when it was applied.
    @Test
    @Covers("DEP-05")
    void whatIsShownOfALiveObjectHasNoSecretInIt() {
        var live = job("hunter2hunter2");
        var hidden = "spec.template.spec.containers[c].env[TOKEN].value";
        live.put("metadata", Map.of("annotations", Map.of(Difference.HIDDEN, hidden)));
        assertThat(Difference.at(live, "spec.template", job("plain now")))
                .contains(
                        "{\"spec\":{\"containers\":[{\"env\":[{\"name\":\"TOKEN\",\"value\":\"(hidden)\"}],\"name\":\"c\"}]}}");
        live.remove("metadata");
        assertThat(Difference.at(live, "spec.template", job(Marked.secret("t", "hunter2hunter2"))))
                .get()
                .asString()
                .contains("(hidden)")
                .doesNotContain("hunter2");
        assertThat(
                        Difference.at(
                                live,
                                ".spec.template.spec.containers[name=\"c\"].env[name=\"TOKEN\"].value",
                                job(Marked.secret("t", "hunter2hunter2"))))
                .contains("(hidden)");
        var secret = Json.readObject("{\"kind\":\"Secret\",\"data\":{\"a\":\"aHVudGVyMg==\"}}");
        assertThat(Difference.at(secret, "data", new LinkedHashMap<>())).contains("(hidden)");
    }
}
