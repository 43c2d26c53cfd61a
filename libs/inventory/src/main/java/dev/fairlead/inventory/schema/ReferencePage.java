package dev.fairlead.inventory.schema;

import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import dev.fairlead.inventory.keys.StackKeys;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

/// The reference of services.yaml: every key with what it takes, its default and an example.
public final class ReferencePage {
    private final StringBuilder page = new StringBuilder();
    private final Set<String> seen = new LinkedHashSet<>();
    private final Deque<Shape.Struct> waiting = new ArrayDeque<>();

    private ReferencePage() {}

    /// The page in Markdown; always the same.
    public static String text() {
        var writer = new ReferencePage();
        writer.page.append(
                """
                # services.yaml

                Generated from the table of keys; the JSON Schema beside it (`services.schema.json`) is made from the same
                table. A key that is not here is an error. *Template* means that `{{ … }}` in the text is evaluated, after
                the YAML was read: a value can never change the structure. Durations are written `90s`, `5m`, `8h`,
                quantities as Kubernetes writes them.

                ## What templates read, in the order in which it becomes known

                `.Project` `.Env` `.Slot` (0 for none) `.Stack` `.Workspace` · `.Registry` · `.Versions` · `.Vars` ·
                `.Namespace` · `.Domain` · `.Images` · then `when` is decided · `.Unit` `.Ports` (the unit's own) `.Units`
                (of each: `host`, `url`, `ports.<name>` and what it exports) `.Secrets`. What comes later is not visible
                earlier. Reading `.Units.x` makes no edge in the graph. An agent's command and variables also read `.Task`: it
                can be placed in a text, and gives `$(FAIRLEAD_TASK)`, where a run puts what it was given.

                """);
        writer.visit(StackKeys.FILE);
        while (!writer.waiting.isEmpty()) {
            writer.struct(writer.waiting.removeFirst());
        }
        return writer.page.toString();
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
            page.append(" At most one of `").append(String.join("`, `", group)).append("`.");
        }
        page.append("\n\n| key | takes | default | what it does |\n| --- | --- | --- | --- |\n");
        for (var key : struct.keys().values()) {
            page.append("| `").append(key.name()).append("` | ");
            page.append(cell(takes(key.shape()))).append(" | ").append(cell(fallback(key)));
            page.append(" | ").append(cell(does(key))).append(" |\n");
            visit(key.shape());
        }
        page.append('\n');
    }

    private static String takes(Shape shape) {
        return switch (shape) {
            case Shape.Text text when text.form().isEmpty() ->
                    text.template() ? "a template" : "a text";
            case Shape.ListOf list ->
                    "a list of: "
                            + takes(list.item())
                            + (list.template() ? "; or a template for all of it" : "");
            case Shape.MapOf map ->
                    "a map to: "
                            + takes(map.value())
                            + (map.template() ? "; or a template for all of it" : "");
            case Shape.Struct struct ->
                    "["
                            + struct.name()
                            + "](#"
                            + struct.name().toLowerCase(java.util.Locale.ROOT)
                            + ")";
            case Shape.Either either ->
                    String.join(
                            "; or ", either.shapes().stream().map(ReferencePage::takes).toList());
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
        if (key.required()) {
            return "required";
        }
        return key.fallback().map(value -> "`" + value + "`").or(key::fallbackSays).orElse("");
    }

    private static String does(Key key) {
        var text = new StringBuilder(key.about());
        key.due()
                .ifPresent(due ->
                        text.append(" *Its effect comes with ")
                                .append(due.with())
                                .append(
                                        due.refusedOnLocal()
                                                ? "; refused on local until then.*"
                                                : ".*"));
        key.examples().stream()
                .findFirst()
                .ifPresent(example ->
                        text.append("<br>`")
                                .append(key.name())
                                .append(": ")
                                .append(example)
                                .append('`'));
        return text.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
