package dev.fairlead.document.tree;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.DocumentCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON into nodes. A key that stands twice is an error, as in YAML.
public final class JsonReader {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Source source;
    private final Problems problems;
    private final JsonParser parser;

    private JsonReader(Source source, Problems problems, JsonParser parser) {
        this.source = source;
        this.problems = problems;
        this.parser = parser;
    }

    /// The value of a JSON text; empty when it could not be read, which `problems` then says.
    public static Optional<Node> read(Source source, Problems problems) {
        try (var parser =
                FACTORY.createParser(tools.jackson.core.ObjectReadContext.empty(), source.text())) {
            var reader = new JsonReader(source, problems, parser);
            var first = parser.nextToken();
            if (first == null) {
                throw problem(source.at(0), "there is no value").thrown();
            }
            var node = reader.node(first);
            if (parser.nextToken() != null) {
                problems.add(problem(reader.place(), "something follows the value"));
            }
            return Optional.of(node);
        } catch (JacksonException e) {
            var at = e.getLocation();
            var place =
                    at == null || at.getLineNr() < 1
                            ? source.at(0)
                            : source.at(at.getLineNr(), Math.max(1, at.getColumnNr()));
            problems.add(
                    problem(place, e.getOriginalMessage().lines().findFirst().orElse("not JSON")));
        } catch (dev.fairlead.diagnostic.ProblemException e) {
            problems.addAll(e.problems());
        }
        return Optional.empty();
    }

    private Node node(JsonToken token) {
        var place = place();
        return switch (token) {
            case START_OBJECT -> object(place);
            case START_ARRAY -> array(place);
            case VALUE_STRING ->
                    new Node.Scalar(
                            place, parser.getString(), parser.getString(), Node.Style.QUOTED);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> plain(place, number(token));
            case VALUE_TRUE -> plain(place, true);
            case VALUE_FALSE -> plain(place, false);
            case VALUE_NULL -> plain(place, null);
            case END_ARRAY, END_OBJECT, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                    throw problem(place, "a value is expected").thrown();
        };
    }

    private Node plain(Place place, @Nullable Object value) {
        return new Node.Scalar(place, parser.getString(), value, Node.Style.PLAIN);
    }

    private Object number(JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            return parser.getDoubleValue();
        }
        var number = parser.getBigIntegerValue();
        return number.bitLength() < 64 ? (Object) number.longValue() : number;
    }

    private Node array(Place place) {
        var items = new ArrayList<Node>();
        for (var token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            items.add(node(token));
        }
        return new Node.Sequence(place, items);
    }

    private Node object(Place place) {
        var entries = new LinkedHashMap<String, Node.Entry>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var at = place();
            var key = parser.currentName();
            var entry = new Node.Entry(at, node(parser.nextToken()));
            var first = entries.putIfAbsent(key, entry);
            if (first != null) {
                problems.add(
                        Problem.error(
                                        DocumentCode.YAML_DUPLICATE_KEY,
                                        at,
                                        "the key \"" + key + "\" stands here a second time")
                                .withHint("the first is at " + first.place()));
            }
        }
        return new Node.Mapping(place, entries);
    }

    private Place place() {
        var at = parser.currentTokenLocation();
        return source.at(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }

    private static Problem problem(Place place, String what) {
        return Problem.error(DocumentCode.JSON_SYNTAX, place, what);
    }
}
