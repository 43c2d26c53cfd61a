package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.Json;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.inventory.schema.ReferencePage;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The schema and the reference are made from the table of keys, and the committed files are what comes out.
class SchemaTest {
    private static final boolean REGENERATE = Boolean.getBoolean("regenerate");

    @Test
    @Covers("DEP-01")
    void theCommittedSchemaIsTheGeneratedOne() throws IOException {
        committed("docs/reference/services.schema.json", Stack.jsonSchema());
    }

    @Test
    void theCommittedReferenceIsTheGeneratedOne() throws IOException {
        committed("docs/reference/services-yaml.md", ReferencePage.text());
    }

    private static void committed(String path, String text) throws IOException {
        var file = Repository.root().resolve(path);
        if (REGENERATE) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file))
                .as("%s: run the test with -Dregenerate=true", path)
                .isEqualTo(text);
    }

    @Test
    void everyKeyHasADescriptionAndAnExample() {
        var bare = new TreeSet<String>();
        keysWithout("", Json.readObject(Stack.jsonSchema()), bare);
        assertThat(bare).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static void keysWithout(String path, Object node, Set<String> bare) {
        if (node instanceof Map<?, ?> map) {
            if (map.get("properties") instanceof Map<?, ?> properties) {
                properties.forEach((name, key) -> {
                    var described = (Map<String, Object>) key;
                    if (!described.containsKey("description")
                            || ((List<?>) described.getOrDefault("examples", List.of()))
                                    .isEmpty()) {
                        bare.add(path + "/" + name);
                    }
                });
            }
            map.forEach((key, value) -> keysWithout(path + "/" + key, value, bare));
        } else if (node instanceof List<?> list) {
            list.forEach(item -> keysWithout(path, item, bare));
        }
    }

    private static List<String> violations(String spec) {
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Stack.jsonSchema(), InputFormat.JSON);
        return schema
                .validate(json(Sample.HEAD + "spec:\n" + spec.indent(2)), InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .toList();
    }

    private static String json(String yaml) {
        return Json.compact(
                YamlReader.read(new Source("services.yaml", yaml), new Problems())
                        .orElseThrow()
                        .plain());
    }

    @Test
    void aGoodStackFitsTheSchema() {
        assertThat(
                        violations(
                                """
                                environments: { dev: { target: local }, prod: { target: kubernetes, quota: { cpu: 4 } } }
                                secrets: { a: { generate: 24 }, b: { env: B, optional: true } }
                                versions: { a: "1", b: { value: 2 } }
                                vars: { a: [ 1, { b: c } ] }
                                infrastructure: [ { name: db, local: { builtin: postgres } } ]
                                services:
                                  - name: api
                                    deployGroup: internal
                                    run: { command: "{{ toJson .Vars.a }}", ports: { http: auto, x: 80 }, env: { A: 1 } }
                                    when: true
                                    overlays: { dev: { run: { restart: always } } }
                                orchestration: { readinessTimeout: 90s, cleanupPolicy: { sleepAfter: "off" } }
                                """))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "servces: []",
                "services: [ { name: api } ]",
                "services: [ { name: API, deployGroup: internal } ]",
                "services: [ { name: api, deployGroup: middle } ]",
                "secrets: { a: { generate: 24, env: B } }",
                "orchestration: { readinessTimeout: soon }",
                "environments: { dev: { target: moon } }",
                "services: [ { name: api, deployGroup: internal, run: { ports: { http: 70000 } } } ]",
            })
    void aBadStackDoesNot(String spec) {
        assertThat(violations(spec)).isNotEmpty();
    }
}
