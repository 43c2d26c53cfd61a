package dev.fairlead.migrate.spec;

import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The reference of MigrationSpec: every key with what it takes, its default and an example.
public final class SpecReference {
    private static final String HEAD =
            """
            # MigrationSpec

            Generated from the table of keys; the JSON Schema beside it (`migration.schema.json`) is made from the same table.
            A spec is a file `NAME.migration.yaml`, `.yml` or `.json` in a folder of migrations, read as YAML 1.2 or JSON. A
            key that is not here is an error. Nothing in a spec is evaluated; SQL is sent as it stands.

            ```yaml
            meta:
              name: core.db.2025_01_add_users
              version: 1.0.0
              owners: [ "@platform.core" ]
              stability: stable
            plan:
              up:
                - kind: schema
                  sql: |
                    CREATE TABLE users (id bigint PRIMARY KEY, email text);
                - kind: data
                  script: { file: scripts/users.sql }
                  timeoutMs: 60000
                  retries: 2
                - kind: validation
                  assertion: SELECT count(*) > 0 FROM users
              down:
                - kind: schema
                  sql: DROP TABLE users
            dependencies: [ core.db.2024_12_base ]
            ```

            Retries are refused for a step that is neither rolled back when it fails nor `idempotent`. A schema step, and a
            script of SQL, runs in one transaction; a statement that cannot must stand in a step that says
            `transactional: false`. A file of a script lies inside the folder of the spec, and is read when the spec is loaded.

            """;

    private final StringBuilder page = new StringBuilder(HEAD);
    private final Set<String> seen = new LinkedHashSet<>();
    private final Deque<Shape.Struct> waiting = new ArrayDeque<>();

    private SpecReference() {}

    /// The page in Markdown; always the same.
    public static String text() {
        var writer = new SpecReference();
        writer.visit(SpecKeys.FILE);
        while (!writer.waiting.isEmpty()) {
            writer.struct(writer.waiting.removeFirst());
        }
        return writer.page.toString().stripTrailing() + "\n";
    }

    private void visit(Shape shape) {
        switch (shape) {
            case Shape.Struct struct -> {
                if (seen.add(struct.name())) {
                    waiting.addLast(struct);
                }
            }
            case Shape.ListOf list -> visit(list.item());
            case Shape.MapOf map -> visit(map.value());
            case Shape.Either either -> either.shapes().forEach(this::visit);
            case Shape.Text _,
                    Shape.Flag _,
                    Shape.Whole _,
                    Shape.Span _,
                    Shape.Quantity _,
                    Shape.Word _,
                    Shape.Anything _ -> {
                // has no keys of its own
            }
        }
    }

    private void struct(Shape.Struct struct) {
        page.append("## ").append(struct.name()).append("\n\n").append(struct.about());
        for (var group : struct.exclusive()) {
            page.append(" One of `").append(String.join("`, `", group)).append("`.");
        }
        page.append("\n\n| key | takes | default | what it says |\n| --- | --- | --- | --- |\n");
        for (var key : struct.keys().values()) {
            page.append(
                    "| `%s` | %s | %s | %s |\n"
                            .formatted(
                                    key.name(),
                                    cell(takes(key.shape())),
                                    cell(fallback(key)),
                                    cell(says(key))));
            visit(key.shape());
        }
        page.append('\n');
    }

    private static String takes(Shape shape) {
        return switch (shape) {
            case Shape.ListOf list -> "a list of: " + takes(list.item());
            case Shape.MapOf map -> "a map to: " + takes(map.value());
            case Shape.Struct struct ->
                    "[" + struct.name() + "](#" + struct.name().toLowerCase(Locale.ROOT) + ")";
            case Shape.Either either ->
                    either.shapes().stream()
                            .map(SpecReference::takes)
                            .collect(Collectors.joining("; or "));
            case Shape.Text _,
                    Shape.Flag _,
                    Shape.Whole _,
                    Shape.Span _,
                    Shape.Quantity _,
                    Shape.Word _,
                    Shape.Anything _ ->
                    shape.says();
        };
    }

    private static String fallback(Key key) {
        return key.required()
                ? "required"
                : key.fallback().map(value -> "`" + value + "`").or(key::fallbackSays).orElse("");
    }

    private static String says(Key key) {
        return key.about()
                + key.examples().stream()
                        .findFirst()
                        .map(example -> "<br>`" + key.name() + ": " + example + "`")
                        .orElse("");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
