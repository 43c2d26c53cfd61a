package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.inventory.InventoryCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Evaluates the scalars of one unit. What cannot be evaluated is reported and reads as empty, so that all of it is found
/// in one pass.
final class Scalars {
    private final Templates templates;
    private final Map<String, ?> context;
    private final Problems problems;

    Scalars(Templates templates, Map<String, ?> context, Problems problems) {
        this.templates = templates;
        this.context = context;
        this.problems = problems;
    }

    Marked text(Node.Scalar scalar) {
        try {
            return templates.text(scalar, context);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return Marked.EMPTY;
        }
    }

    /// A text in which nothing may be secret, as it is shown.
    String plain(Node.Scalar scalar) {
        var text = text(scalar);
        if (text.hasSecret()) {
            report(scalar, "a secret cannot stand here, as the value is shown", Optional.empty());
        }
        return text.toString();
    }

    /// A list of texts: written as one, or made by one template.
    List<Marked> list(Node node) {
        var texts = new ArrayList<Marked>();
        if (structure(node) instanceof Node.Sequence list) {
            for (var item : list.items()) {
                texts.add(item instanceof Node.Scalar scalar ? text(scalar) : wrong(item));
            }
        } else {
            wrong(node);
        }
        return texts;
    }

    /// A map of texts: written as one, or made by one template.
    Map<String, Marked> map(Node node) {
        var texts = new TreeMap<String, Marked>();
        if (structure(node) instanceof Node.Mapping map) {
            map.entries()
                    .forEach((key, entry) ->
                            texts.put(
                                    key,
                                    entry.value() instanceof Node.Scalar scalar
                                            ? text(scalar)
                                            : wrong(entry.value())));
        } else {
            wrong(node);
        }
        return texts;
    }

    private Marked wrong(Node node) {
        problems.add(
                Problem.error(
                        InventoryCode.BAD_VALUE,
                        node.place(),
                        "the template gives " + node.kind() + ", which does not fit here"));
        return Marked.EMPTY;
    }

    /// What a template that stands for a whole list or map gives, read as YAML; its scalars are taken as they are.
    private Node structure(Node node) {
        if (!(node instanceof Node.Scalar scalar) || !scalar.isTemplate()) {
            return node;
        }
        var text = text(scalar);
        if (text.hasSecret()) {
            report(
                    scalar,
                    "a list or map that a template makes cannot hold a secret",
                    Optional.of("write it out, with the secret in one of its values"));
            return node;
        }
        var found = new Problems();
        var made = YamlReader.read(new Source(scalar.place().file(), text.reveal()), found);
        if (found.hasErrors() || made.isEmpty()) {
            report(scalar, "the template gives no YAML: " + text, Optional.empty());
            return new Node.Sequence(scalar.place(), List.of());
        }
        return literal(made.get(), scalar);
    }

    /// Braces in what a template gave are no template again.
    private static Node literal(Node made, Node.Scalar from) {
        return switch (made) {
            case Node.Scalar scalar ->
                    new Node.Scalar(
                            from.place(),
                            scalar.printed(),
                            new Literal(scalar.printed()),
                            Node.Style.FOLDED);
            case Node.Sequence list ->
                    new Node.Sequence(
                            from.place(),
                            list.items().stream().map(item -> literal(item, from)).toList());
            case Node.Mapping map -> {
                var entries = new java.util.LinkedHashMap<String, Node.Entry>();
                map.entries()
                        .forEach((key, entry) ->
                                entries.put(
                                        key,
                                        new Node.Entry(
                                                from.place(), literal(entry.value(), from))));
                yield new Node.Mapping(from.place(), entries);
            }
        };
    }

    /// A text that is never evaluated: {@link Node.Scalar#isTemplate} holds for strings alone.
    private record Literal(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private void report(Node.Scalar scalar, String what, Optional<String> hint) {
        problems.add(Problem.error(InventoryCode.BAD_VALUE, scalar.place(), what).withHint(hint));
    }
}
