package dev.fairlead.document.tree;

import dev.fairlead.diagnostic.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A part of a document, with its place. Nodes are immutable and may be shared by several parents (aliases, merging), so
/// that the identity of a scalar stands for the text that somebody wrote.
public sealed interface Node {
    Place place();

    /// What people call this sort of node: `a text`, `a list`.
    String kind();

    /// The node as a plain tree: see {@link dev.fairlead.document.Json}.
    @Nullable Object plain();

    /// A single value.
    ///
    /// @param text as written, without quotes and escapes
    /// @param value what it means: null, Boolean, Long, BigInteger, Double or String
    record Scalar(Place place, String text, @Nullable Object value, Style style) implements Node {
        /// What a string field holds when it is given this value: a number or truth value as Go's `%v` prints it.
        public String printed() {
            return value instanceof String ? text : GoNumbers.printed(value);
        }

        /// Whether the value is a text with a template expression in it.
        public boolean isTemplate() {
            return value instanceof String && text.contains("{{");
        }

        /// The place in the file of a line and column (both from 1) of this text. Where quotes, escapes or folding make
        /// that unclear, the place of the scalar itself.
        public Place within(int line, int column) {
            return switch (style) {
                case PLAIN -> line == 1 ? moved(column - 1) : place;
                case QUOTED -> line == 1 ? moved(column) : place;
                case LITERAL -> literal(line, column);
                case FOLDED -> place;
            };
        }

        private Place moved(int columns) {
            return new Place(place.source(), place.line(), place.column() + columns);
        }

        private Place literal(int line, int column) {
            var source = place.source();
            int indent = 0;
            for (int i = place.line() + 1; i <= source.lines(); i++) {
                var content = source.line(i);
                if (!content.isBlank()) {
                    indent = content.length() - content.stripLeading().length();
                    break;
                }
            }
            return new Place(source, place.line() + line, indent + column);
        }

        @Override
        public String kind() {
            return switch (value) {
                case null -> "nothing";
                case Boolean _ -> "a truth value";
                case Number _ -> "a number";
                default -> "a text";
            };
        }

        @Override
        public @Nullable Object plain() {
            return value;
        }
    }

    /// How a scalar was written, as far as places inside it need to know.
    enum Style {
        PLAIN,
        QUOTED,
        LITERAL,
        FOLDED
    }

    /// A list.
    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = Collections.unmodifiableList(items);
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public Object plain() {
            var list = new ArrayList<@Nullable Object>(items.size());
            items.forEach(item -> list.add(item.plain()));
            return list;
        }
    }

    /// A map, in the order of the text.
    record Mapping(Place place, SequencedMap<String, Entry> entries) implements Node {
        public Mapping {
            entries = Collections.unmodifiableSequencedMap(entries);
        }

        /// A map without entries.
        public static Mapping empty(Place place) {
            return new Mapping(place, new LinkedHashMap<>());
        }

        public @Nullable Node find(String key) {
            var entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        /// The place of a key, or of the whole map when it is not there.
        public Place keyPlace(String key) {
            var entry = entries.get(key);
            return entry == null ? place : entry.place();
        }

        /// This map with one key replaced or added.
        public Mapping with(String key, Entry entry) {
            var more = new LinkedHashMap<>(entries);
            more.put(key, entry);
            return new Mapping(place, more);
        }

        /// This map without some keys.
        public Mapping without(String... keys) {
            var fewer = new LinkedHashMap<>(entries);
            for (var key : keys) {
                fewer.remove(key);
            }
            return new Mapping(place, fewer);
        }

        @Override
        public String kind() {
            return "a map";
        }

        @Override
        public Object plain() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            entries.forEach((key, entry) -> map.put(key, entry.value().plain()));
            return map;
        }
    }

    /// A key of a map, with its place, and its value.
    record Entry(Place place, Node value) {}

    /// Both nodes as one: maps merge deep, anything else of `over` replaces what `base` has.
    static Node merge(Node base, Node over) {
        if (!(base instanceof Mapping below) || !(over instanceof Mapping above)) {
            return over;
        }
        if (above.entries().isEmpty()) {
            return below;
        }
        var merged = new LinkedHashMap<>(below.entries());
        above.entries()
                .forEach((key, entry) -> {
                    var old = merged.get(key);
                    merged.put(
                            key,
                            old == null
                                    ? entry
                                    : new Entry(entry.place(), merge(old.value(), entry.value())));
                });
        return new Mapping(above.place(), merged);
    }
}
