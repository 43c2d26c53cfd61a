package dev.fairlead.migrate.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.Json;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The schema and the reference are made from the table of keys; every example in them is one that works.
class SpecReferenceTest {
    @TempDir private Path folder;

    @Test
    @Covers({"SPEC-01", "DOC-01"})
    void theCommittedPagesAreTheGeneratedOnes() throws IOException {
        GeneratedPage.hold("docs/reference/migration-spec.md", SpecReference.text());
        GeneratedPage.hold("docs/reference/migration.schema.json", SpecSchema.text());
    }

    private record Example(String name, String spec) {}

    /// Each example of each key, in a spec around it.
    @TestFactory
    @Covers("SPEC-01")
    Stream<DynamicTest> everyExampleWorks() throws IOException {
        Files.createDirectories(folder.resolve("scripts"));
        Files.writeString(folder.resolve("scripts/users.sql"), "SELECT 1");
        Files.writeString(folder.resolve("import.sh"), "");
        var examples = new ArrayList<Example>();
        collect(SpecKeys.FILE, "", examples);
        return examples.stream()
                .map(example ->
                        DynamicTest.dynamicTest(
                                example.name(),
                                () -> {
                                    assertThat(Specs.good(example.spec(), folder)).isNotNull();
                                    assertThat(violations(example.spec())).isEmpty();
                                }));
    }

    private static void collect(Shape shape, String path, List<Example> examples) {
        switch (shape) {
            case Shape.Struct struct ->
                    struct.keys()
                            .values()
                            .forEach(key -> {
                                var name = struct.name() + "." + key.name();
                                assertThat(key.examples()).as(name).isNotEmpty();
                                for (var example : key.examples()) {
                                    examples.add(
                                            new Example(
                                                    name + ": " + example,
                                                    spec(struct, key, example)));
                                }
                                if (!path.contains(struct.name())) {
                                    collect(key.shape(), path + struct.name() + "/", examples);
                                }
                            });
            case Shape.ListOf list -> collect(list.item(), path, examples);
            case Shape.Either either ->
                    either.shapes().forEach(one -> collect(one, path, examples));
            default -> {
                // has no keys
            }
        }
    }

    private static String spec(Shape.Struct struct, Key key, String example) {
        var line = key.name() + ": " + example;
        return switch (struct.name()) {
            case "migration" ->
                    fill(
                            List.of(
                                    "meta: { name: a, version: 1 }",
                                    "plan: { up: [ { kind: schema, sql: SELECT 1 } ] }"),
                            line,
                            key,
                            "\n");
            case "meta" ->
                    "meta: { "
                            + fill(
                                    List.of("name: core.db.2025_01_add_users", "version: 1"),
                                    line,
                                    key,
                                    ", ")
                            + " }\nplan: { up: [ { kind: schema, sql: SELECT 1 } ] }\n";
            case "plan" ->
                    Specs.META
                            + "plan: { "
                            + fill(
                                    List.of("up: [ { kind: schema, sql: SELECT 1 } ]"),
                                    line,
                                    key,
                                    ", ")
                            + " }\n";
            case "schemaStep" ->
                    Specs.step(fill(List.of("kind: schema", "sql: SELECT 1"), line, key, "\n"));
            case "dataStep" ->
                    Specs.step(fill(List.of("kind: data", "script: SELECT 1"), line, key, "\n"));
            case "validationStep" ->
                    Specs.step(
                            fill(List.of("kind: validation", "assertion: true"), line, key, "\n"));
            case "check" ->
                    Specs.step(
                            "kind: schema\nsql: SELECT 1\npreChecks:\n  - "
                                    + fill(
                                            List.of("description: d", "expression: true"),
                                            line,
                                            key,
                                            "\n    "));
            case "script" ->
                    Specs.step(
                            "kind: data\nscript:\n  "
                                    + switch (key.name()) {
                                        case "url" -> line + "\n  sha256: " + "a".repeat(64);
                                        case "sha256" ->
                                                "url: https://example.com/x.sql\n  " + line;
                                        default -> line;
                                    });
            case "backfill" ->
                    Specs.step(
                            "kind: data\nscript:\n  backfill:\n    "
                                    + fill(
                                            List.of(
                                                    "table: users",
                                                    "key: id",
                                                    "statement: \"UPDATE users SET a = 1 WHERE :batch\""),
                                            line,
                                            key,
                                            "\n    "));
            default -> throw new IllegalStateException(struct.name());
        };
    }

    /// The lines around an example, of which it replaces its own.
    private static String fill(List<String> around, String line, Key key, String separator) {
        var lines = new ArrayList<>(around);
        lines.removeIf(other -> other.startsWith(key.name() + ":"));
        lines.add(line);
        return String.join(separator, lines);
    }

    private static List<String> violations(String yaml) {
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(SpecSchema.text(), InputFormat.JSON);
        var json =
                Json.compact(
                        YamlReader.read(new Source("x", yaml), new Problems())
                                .orElseThrow()
                                .plain());
        return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "meta: { version: 1 }\nplan: { up: [ { kind: schema, sql: S } ] }",
                "meta: { name: a }\nplan: { up: [ { kind: schema, sql: S } ] }",
                "meta: { name: a b, version: 1 }\nplan: { up: [ { kind: schema, sql: S } ] }",
                "meta: { name: a, version: 1 }\nplan: { up: [] }",
                "meta: { name: a, version: 1 }\nplan: { up: [ { kind: schema } ] }",
                "meta: { name: a, version: 1 }\nplan: { up: [ { kind: data, sql: S } ] }",
                "meta: { name: a, version: 1 }\nplan: { up: [ { kind: schema, sql: S, timeoutMs: 0 } ] }",
                "meta: { name: a, version: 1 }\nplan: { up: [ { kind: data, script: { sql: S, file: f } } ] }",
                "meta: { name: a, version: 1 }\nplan: { up: [ { kind: data, script: { url: \"https://x\" } } ] }",
                "meta: { name: a, version: 1, stability: done }\nplan: { up: [ { kind: schema, sql: S } ] }",
                "meta: { name: a, version: 1 }\nplan: { up: [ { kind: schema, sql: S } ] }\nextra: 1",
            })
    void theSchemaRefusesABadSpec(String spec) {
        assertThat(violations(spec)).isNotEmpty();
    }

    @Test
    void theExampleOfThePageWorks() {
        var page = SpecReference.text();
        var start = page.indexOf("```yaml\n") + "```yaml\n".length();
        var yaml = page.substring(start, page.indexOf("```", start));
        assertThat(violations(yaml)).isEmpty();
    }
}
