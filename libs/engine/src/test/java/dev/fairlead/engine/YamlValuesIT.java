package dev.fairlead.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.document.Json;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values of YAML mean in manifests what kubectl takes them for: the same text, deployed by Fairlead and given to `kubectl
/// apply`, is the same object; and what is refused there is refused.
@WithCluster
class YamlValuesIT {
    private static final List<String> VALUES =
            List.of(
                    "0644",
                    "yes",
                    "1_000",
                    "0o17",
                    "1e3",
                    ".5",
                    "~",
                    "on",
                    "2026-11-30",
                    "12:30:45",
                    "0x1F",
                    "+1",
                    "0b11",
                    "1.0",
                    "No",
                    "y",
                    "null",
                    "'0644'",
                    "\"yes\"",
                    "0.1e-2",
                    "1__0",
                    "-0",
                    "08",
                    "0777_",
                    "=",
                    "1:2",
                    "True",
                    "off",
                    "!!str 12",
                    "1e400",
                    "9223372036854775808",
                    "\"\\u00e9\"",
                    "|-\n      two\n      lines");

    /// Whole numbers, where the server reads them.
    private static final List<String> MODES =
            List.of("0644", "0o644", "420", "0x1a4", "4_20", "+420", "0b110100100", "256.0", "4e2");

    private static String map(String key, String value) {
        return "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: \"%s\" }\ndata:\n  a: %s\n"
                .formatted(key, value);
    }

    private static String mode(String key, String value) {
        return """
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: "%s" }
        spec:
          replicas: 0
          selector: { matchLabels: { app: a } }
          template:
            metadata: { labels: { app: a } }
            spec:
              containers: [ { name: c, image: "registry.test/a:1" } ]
              volumes: [ { name: v, configMap: { name: m, defaultMode: %s, optional: on } } ]
        """
                .formatted(key, value);
    }

    private static String kept(String key, String value) {
        return """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: "%1$s"
          labels: { l: %2$s }
          annotations: { a: %2$s }
        data: { %2$s: there }
        """
                .formatted(key, value);
    }

    @TempDir Path folder;

    @Test
    @Covers("TPL-03")
    void everyValueIsWhatKubectlTakesItFor(TestCluster cluster) throws Exception {
        var manifests = new LinkedHashMap<String, String>();
        for (int i = 0; i < VALUES.size(); i++) {
            manifests.put("data-" + i, map("data-" + i, VALUES.get(i)));
        }
        for (int i = 0; i < MODES.size(); i++) {
            manifests.put("mode-" + i, mode("mode-" + i, MODES.get(i)));
        }
        for (int i = 0; i < VALUES.size() - 1; i++) {
            manifests.put("kept-" + i, kept("kept-" + i, VALUES.get(i)));
        }
        var theirs = cluster.fresh("theirs");
        try {
            // It goes on with the other files where one is refused.
            theirs.kubectl("apply", "--server-side", "-f", written(manifests).toString());
            throw new AssertionError("kubectl took all of them");
        } catch (AssertionError refused) {
            assertThat(refused).hasMessageContaining("data-0");
        }
        var byKubectl = live(theirs);
        theirs.abandon();
        var expected = new LinkedHashMap<String, String>();
        manifests
                .keySet()
                .forEach(name -> expected.put(name, byKubectl.getOrDefault(name, "refused")));
        assertThat(expected.values()).as("what kubectl took").anyMatch(one -> one.contains("420"));

        try (var bench =
                new Workbench(folder, Map.of("KUBECONFIG", cluster.kubeconfig().toString()))) {
            var units = new ArrayList<String>();
            for (var entry : manifests.entrySet()) {
                bench.file(entry.getKey() + ".yaml", entry.getValue());
                units.add(
                        "    - { name: %1$s, deployGroup: internal, inject: false, manifests: [ { path: %1$s.yaml } ] }"
                                .formatted(entry.getKey()));
            }
            bench.stack(
                    """
                    apiVersion: fairlead.dev/v1alpha1
                    kind: ServiceStack
                    metadata: { name: values }
                    spec:
                      environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: %s } }
                      orchestration: { parallelism: 20 }
                      services:
                    %s
                    """
                            .formatted(cluster.namespace(), String.join("\n", units)));
            var outcome = bench.up();
            assertThat(outcome).isInstanceOf(Outcome.Failed.class);
            var failed =
                    ((Outcome.Failed) outcome)
                            .units().stream().map(trouble -> trouble.unit().value()).toList();
            var made = live(cluster);
            var found = new LinkedHashMap<String, String>();
            manifests
                    .keySet()
                    .forEach(name ->
                            found.put(
                                    name,
                                    failed.contains(name)
                                            ? "refused"
                                            : Objects.requireNonNullElse(
                                                    made.get(name), "not there")));
            assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
        }
    }

    private Path written(Map<String, String> manifests) throws IOException {
        var theirs = Files.createDirectories(folder.resolve("theirs"));
        for (var entry : manifests.entrySet()) {
            Files.writeString(theirs.resolve(entry.getKey() + ".yaml"), entry.getValue());
        }
        return theirs;
    }

    private static Map<String, String> live(TestCluster cluster) throws Exception {
        var list = Json.readObject(cluster.kubectl("get", "configmap,deployment", "-o", "json"));
        var found = new LinkedHashMap<String, String>();
        for (var item : (List<?>) Objects.requireNonNull(list.get("items"))) {
            var tree = Json.readObject(Json.compact(item));
            var metadata = (Map<?, ?>) Objects.requireNonNull(tree.get("metadata"));
            found.put(String.valueOf(metadata.get("name")), shown(tree));
        }
        return found;
    }

    /// What the author of the manifest wrote.
    private static String shown(Map<String, Object> tree) {
        var metadata = (Map<?, ?>) Objects.requireNonNull(tree.get("metadata"));
        var own = new LinkedHashMap<String, Object>();
        for (var key : List.of("labels", "annotations")) {
            if (metadata.get(key) instanceof Map<?, ?> map) {
                map.forEach((name, value) -> {
                    if (!String.valueOf(name).contains("fairlead.dev/")
                            && !String.valueOf(name).contains("kubernetes.io/")) {
                        own.put(key + "." + name, value);
                    }
                });
            }
        }
        for (var part : List.of("data", "spec")) {
            if (tree.get(part) != null) {
                own.put(part, tree.get(part));
            }
        }
        return Json.canonical(own);
    }
}
