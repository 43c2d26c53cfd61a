package dev.fairlead.document.typed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// What may stand at a place of a document.
public sealed interface Shape {
    /// The shape in the words of a message: `a whole number from 1 to 9`.
    String says();

    /// A text; a number or truth value counts as what it prints.
    ///
    /// @param template whether a template expression in it is evaluated
    /// @param written whether a number counts as it is written: `1.10` stays `1.10`
    record Text(Optional<Form> form, boolean template, boolean written) implements Shape {
        public Text(Optional<Form> form, boolean template) {
            this(form, template, false);
        }

        @Override
        public String says() {
            return form.map(Form::says).orElse("a text");
        }
    }

    /// `true` or `false`.
    record Flag() implements Shape {
        @Override
        public String says() {
            return "true or false";
        }
    }

    /// A whole number within bounds, both inclusive.
    record Whole(long least, long most) implements Shape {
        @Override
        public String says() {
            return most == Long.MAX_VALUE
                    ? "a whole number from " + least
                    : "a whole number from " + least + " to " + most;
        }
    }

    /// A span of time: {@link Durations}.
    record Span() implements Shape {
        @Override
        public String says() {
            return "a duration such as 90s, 5m or 8h";
        }
    }

    /// A Kubernetes quantity: {@link Quantities}.
    record Quantity() implements Shape {
        @Override
        public String says() {
            return "a quantity such as 500m, 2 or 10Gi";
        }
    }

    /// One of some words.
    record Word(List<String> words) implements Shape {
        public Word {
            words = List.copyOf(words);
        }

        @Override
        public String says() {
            return words.size() == 1
                    ? "\"" + words.getFirst() + "\""
                    : "one of " + String.join(", ", words);
        }
    }

    /// A list.
    ///
    /// @param template whether a template may stand for the whole list
    record ListOf(Shape item, boolean template) implements Shape {
        @Override
        public String says() {
            return "a list";
        }
    }

    /// A map whose keys are names that people choose.
    ///
    /// @param template whether a template may stand for the whole map
    record MapOf(Shape value, Optional<Form> names, boolean template) implements Shape {
        @Override
        public String says() {
            return "a map";
        }
    }

    /// A map with known keys.
    ///
    /// @param name unique among the shapes of a document: the name of its definition in the schema
    /// @param exclusive groups of keys of which at most one may be given
    record Struct(
            String name, String about, SequencedMap<String, Key> keys, List<List<String>> exclusive)
            implements Shape {
        public static Struct of(String name, String about, List<Key> keys) {
            return of(name, about, keys, List.of());
        }

        public static Struct of(
                String name, String about, List<Key> keys, List<List<String>> exclusive) {
            var byName =
                    keys.stream()
                            .collect(
                                    Collectors.toMap(
                                            Key::name,
                                            key -> key,
                                            (_, second) -> second,
                                            LinkedHashMap<String, Key>::new));
            return new Struct(name, about, byName, List.copyOf(exclusive));
        }

        @Override
        public String says() {
            return "a map";
        }
    }

    /// One of several shapes.
    record Either(List<Shape> shapes) implements Shape {
        public static Either of(Shape... shapes) {
            return new Either(List.of(shapes));
        }

        @Override
        public String says() {
            return shapes.stream().map(Shape::says).collect(Collectors.joining(", or "));
        }
    }

    /// Any value; templates in its texts are evaluated.
    record Anything() implements Shape {
        @Override
        public String says() {
            return "any value";
        }
    }

    Shape TEXT = new Text(Optional.empty(), false);
    Shape TEMPLATE = new Text(Optional.empty(), true);

    /// A text of which every digit counts, as in a version.
    Shape WRITTEN = new Text(Optional.empty(), true, true);
    Shape FLAG = new Flag();
    Shape SPAN = new Span();
    Shape QUANTITY = new Quantity();
    Shape ANYTHING = new Anything();

    static Shape text(Form form) {
        return new Text(Optional.of(form), false);
    }

    static Shape words(String... words) {
        return new Word(List.of(words));
    }

    static Shape listOf(Shape item) {
        return new ListOf(item, false);
    }

    static Shape mapOf(Shape value) {
        return new MapOf(value, Optional.empty(), false);
    }

    static Shape mapOf(Form names, Shape value) {
        return new MapOf(value, Optional.of(names), false);
    }
}
