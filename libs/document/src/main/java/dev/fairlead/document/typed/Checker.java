package dev.fairlead.document.typed;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.DocumentCode;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.tree.Resolver;
import java.util.Optional;
import java.util.function.Consumer;

/// Holds a tree against a shape and reports everything that does not fit, each with its place.
///
/// That a required key is missing is asked for on its own ({@link #required}): a file that is merged with others need not
/// have it.
public final class Checker {
    private static final int MOST_NAMED = 12;

    private final Problems problems;
    private final Consumer<Node.Scalar> templates;
    private Optional<Named> within = Optional.empty();

    /// @param templates is given every text with a template expression, at places where it is evaluated
    public Checker(Problems problems, Consumer<Node.Scalar> templates) {
        this.problems = problems;
        this.templates = templates;
    }

    /// @param name how messages call the node: the key that it stands under
    public void check(String name, Node node, Shape shape) {
        if (node instanceof Node.Scalar scalar && scalar.isTemplate() && takesTemplate(shape)) {
            templates.accept(scalar);
            return;
        }
        switch (shape) {
            case Shape.ListOf list -> checkList(name, node, list);
            case Shape.MapOf map -> checkMap(name, node, map);
            case Shape.Struct struct -> checkStruct(name, node, struct);
            case Shape.Either either -> checkEither(name, node, either);
            case Shape.Anything _ -> checkAnything(node);
            case Shape.Text _,
                    Shape.Flag _,
                    Shape.Whole _,
                    Shape.Span _,
                    Shape.Quantity _,
                    Shape.Word _ ->
                    checkScalar(name, node, shape);
        }
    }

    /// Reports every required key that is missing in the node or below it.
    public void required(String name, Node node, Shape shape) {
        switch (shape) {
            case Shape.Struct struct when node instanceof Node.Mapping map -> {
                for (var key : struct.keys().values()) {
                    var value = map.find(key.name());
                    if (value != null) {
                        required(key.name(), value, key.shape());
                    } else if (key.required()) {
                        problems.add(
                                Problem.error(
                                                DocumentCode.MISSING_KEY,
                                                map.place(),
                                                "%s needs the key \"%s\": %s"
                                                        .formatted(
                                                                name,
                                                                key.name(),
                                                                key.shape().says()))
                                        .withHint(example(key)));
                    }
                }
            }
            case Shape.ListOf list when node instanceof Node.Sequence sequence ->
                    sequence.items().forEach(item -> required(name, item, list.item()));
            case Shape.MapOf map when node instanceof Node.Mapping mapping ->
                    mapping.entries()
                            .forEach((key, entry) -> required(key, entry.value(), map.value()));
            case Shape.Either either -> {
                for (var one : either.shapes()) {
                    if (fits(node, one)) {
                        required(name, node, one);
                        return;
                    }
                }
            }
            default -> {
                // scalars have no keys
            }
        }
    }

    private static Optional<String> example(Key key) {
        return key.examples().stream()
                .findFirst()
                .map(example -> "for example " + key.name() + ": " + example);
    }

    private static boolean takesTemplate(Shape shape) {
        return switch (shape) {
            case Shape.Text text -> text.template();
            case Shape.ListOf list -> list.template();
            case Shape.MapOf map -> map.template();
            case Shape.Anything _ -> true;
            case Shape.Either either -> either.shapes().stream().anyMatch(Checker::takesTemplate);
            case Shape.Struct _,
                    Shape.Flag _,
                    Shape.Whole _,
                    Shape.Span _,
                    Shape.Quantity _,
                    Shape.Word _ ->
                    false;
        };
    }

    private void checkList(String name, Node node, Shape.ListOf shape) {
        if (node instanceof Node.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                var item = list.items().get(i);
                if (item instanceof Node.Mapping map) {
                    checkItem(name, map, shape.item());
                } else {
                    check(name + "[" + i + "]", item, shape.item());
                }
            }
        } else {
            wrongType(name, node, shape, hintOfList(node));
        }
    }

    /// An item that has a name is known by it, and so is what lies below it.
    private void checkItem(String name, Node.Mapping item, Shape shape) {
        var outer = within;
        if (item.find("name") instanceof Node.Scalar own && own.value() != null) {
            within = Optional.of(new Named(name, own.text()));
        }
        check(name, item, shape);
        within = outer;
    }

    private record Named(String list, String item) {
        /// `"api"` for the item itself, `run of "api"` for what lies below.
        String call(String name) {
            var quoted = '"' + item + '"';
            return name.equals(list) ? quoted : name + " of " + quoted;
        }
    }

    private static Optional<String> hintOfList(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() != null
                ? Optional.of("write [ " + scalar.text() + " ]")
                : Optional.empty();
    }

    private void checkMap(String name, Node node, Shape.MapOf shape) {
        if (!(node instanceof Node.Mapping map)) {
            wrongType(name, node, shape, Optional.empty());
            return;
        }
        map.entries()
                .forEach((key, entry) -> {
                    shape.names()
                            .filter(form -> !form.fits(key))
                            .ifPresent(form ->
                                    wrongValue(
                                            entry.place(),
                                            "the name \"" + key + "\" in " + name,
                                            form.says(),
                                            Optional.empty()));
                    check(key, entry.value(), shape.value());
                });
    }

    private void checkStruct(String name, Node node, Shape.Struct shape) {
        if (!(node instanceof Node.Mapping map)) {
            wrongType(name, node, shape, Optional.empty());
            return;
        }
        map.entries()
                .forEach((key, entry) -> {
                    var known = shape.keys().get(key);
                    if (known == null) {
                        unknownKey(name, key, entry.place(), shape);
                    } else {
                        check(key, entry.value(), known.shape());
                    }
                });
    }

    /// Reports a key that a struct does not have.
    public void unknownKey(String name, String key, Place place, Shape.Struct shape) {
        var known = shape.keys().keySet();
        problems.add(
                Problem.error(
                                DocumentCode.UNKNOWN_KEY,
                                place,
                                "unknown key \"%s\" in %s"
                                        .formatted(
                                                key,
                                                within.map(item -> item.call(name)).orElse(name)))
                        .withHint(
                                Nearest.hint(key, known)
                                        .or(() ->
                                                known.size() > MOST_NAMED
                                                        ? Optional.empty()
                                                        : Optional.of(
                                                                "known here: "
                                                                        + String.join(
                                                                                ", ", known)))));
    }

    /// Reports keys of one group that stand together in a map that is merged whole.
    public void exclusive(String name, Node.Mapping map, Shape.Struct shape) {
        for (var group : shape.exclusive()) {
            var given = group.stream().filter(key -> map.find(key) != null).toList();
            if (given.size() > 1) {
                problems.add(
                        Problem.error(
                                DocumentCode.WRONG_VALUE,
                                map.keyPlace(given.get(1)),
                                "%s takes one of %s, and has %s"
                                        .formatted(
                                                name,
                                                String.join(", ", group),
                                                String.join(" and ", given))));
            }
        }
    }

    private void checkEither(String name, Node node, Shape.Either shape) {
        for (var one : shape.shapes()) {
            if (fits(node, one)) {
                check(name, node, one);
                return;
            }
        }
        wrongType(name, node, shape, Optional.empty());
    }

    /// Whether the node is of the shape's own kind; scalars also need the right value.
    private static boolean fits(Node node, Shape shape) {
        return switch (shape) {
            case Shape.ListOf _ -> node instanceof Node.Sequence;
            case Shape.MapOf _, Shape.Struct _ -> node instanceof Node.Mapping;
            case Shape.Either either -> either.shapes().stream().anyMatch(one -> fits(node, one));
            case Shape.Anything _ -> true;
            case Shape.Text _,
                    Shape.Flag _,
                    Shape.Whole _,
                    Shape.Span _,
                    Shape.Quantity _,
                    Shape.Word _ ->
                    node instanceof Node.Scalar scalar
                            && scalar.value() != null
                            && ScalarCheck.fault(scalar, shape).isEmpty();
        };
    }

    private void checkAnything(Node node) {
        switch (node) {
            case Node.Scalar scalar -> {
                if (scalar.isTemplate()) {
                    templates.accept(scalar);
                }
            }
            case Node.Sequence list -> list.items().forEach(this::checkAnything);
            case Node.Mapping map ->
                    map.entries().values().forEach(entry -> checkAnything(entry.value()));
        }
    }

    private void checkScalar(String name, Node node, Shape shape) {
        if (!(node instanceof Node.Scalar scalar) || scalar.value() == null) {
            wrongType(name, node, shape, Optional.empty());
            return;
        }
        if (scalar.isTemplate()) {
            problems.add(
                    Problem.error(
                                    DocumentCode.TEMPLATE_NOT_HERE,
                                    scalar.place(),
                                    "a template is not evaluated in \"" + name + "\"")
                            .withHint("write " + shape.says()));
            return;
        }
        var fault = ScalarCheck.fault(scalar, shape);
        fault.ifPresent(why ->
                wrongValue(
                        scalar.place(),
                        "\"" + name + "\"",
                        shape.says() + ", not " + why.what(),
                        why.hint().or(() -> bare(scalar, shape))));
        if (fault.isEmpty() && shape instanceof Shape.Text text && !text.written()) {
            warnOfNumber(scalar);
        }
    }

    /// What is right but for its quotes.
    private static Optional<String> bare(Node node, Shape shape) {
        if (!(node instanceof Node.Scalar scalar) || scalar.style() != Node.Style.QUOTED) {
            return Optional.empty();
        }
        var bare =
                new Node.Scalar(
                        scalar.place(),
                        scalar.text(),
                        Resolver.CORE.value(scalar.text()),
                        Node.Style.PLAIN);
        return bare.value() instanceof String || !fits(bare, shape)
                ? Optional.empty()
                : Optional.of("write it without quotes");
    }

    /// A version such as 3.10 is the number 3.1 where it has no quotes.
    private void warnOfNumber(Node.Scalar scalar) {
        if (scalar.value() instanceof Double && !scalar.printed().equals(scalar.text())) {
            problems.add(
                    Problem.error(
                                    DocumentCode.YAML_AMBIGUOUS,
                                    scalar.place(),
                                    scalar.text() + " is the number " + scalar.printed())
                            .asWarning()
                            .withHint("quote it when it is a text"));
        }
    }

    private void wrongType(String name, Node node, Shape shape, Optional<String> hint) {
        problems.add(
                Problem.error(
                                DocumentCode.WRONG_TYPE,
                                node.place(),
                                "\"%s\" must be %s, not %s"
                                        .formatted(name, shape.says(), shown(node)))
                        .withHint(hint.or(() -> bare(node, shape)).or(() -> empty(node, shape))));
    }

    /// What nothing would be, written out.
    private static Optional<String> empty(Node node, Shape shape) {
        if (!(node instanceof Node.Scalar scalar) || scalar.value() != null) {
            return Optional.empty();
        }
        return switch (shape) {
            case Shape.MapOf _, Shape.Struct _ -> Optional.of("write {} for an empty one");
            case Shape.ListOf _ -> Optional.of("write [] for an empty one");
            case Shape.Text _ -> Optional.of("write \"\" for an empty one");
            default -> Optional.empty();
        };
    }

    private static String shown(Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() != null
                ? "\"" + scalar.text() + "\""
                : node.kind();
    }

    private void wrongValue(Place place, String what, String must, Optional<String> hint) {
        problems.add(
                Problem.error(DocumentCode.WRONG_VALUE, place, what + " must be " + must)
                        .withHint(hint));
    }
}
