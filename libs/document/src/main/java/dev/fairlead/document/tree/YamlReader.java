package dev.fairlead.document.tree;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.DocumentCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads YAML into nodes, straight from the parser's events. Anchors and aliases are allowed; a document whose aliases
/// would unfold to more than a million nodes is refused.
public final class YamlReader {
    private static final String MERGE = "<<";
    private static final String STRING = "tag:yaml.org,2002:str";
    private static final int MOST_NODES = 1_000_000;
    private static final int DEEPEST = 200;
    private static final int LARGEST_TEXT = 64 * 1024 * 1024;

    private final Source source;
    private final Resolver resolver;
    private final Problems problems;
    private final Iterator<Event> events;
    private final Map<String, Node> anchors = new HashMap<>();
    private final Map<String, Long> anchorSizes = new HashMap<>();
    private long nodes;
    private int depth;

    private YamlReader(Source source, Resolver resolver, Problems problems) {
        this.source = source;
        this.resolver = resolver;
        this.problems = problems;
        var settings =
                LoadSettings.builder()
                        .setLabel(source.name())
                        .setCodePointLimit(LARGEST_TEXT)
                        .build();
        this.events = new Parse(settings).parseString(source.text()).iterator();
    }

    /// The one document of a YAML 1.2 text; empty when there is nothing in it, or when it could not be read, which
    /// `problems` then says.
    public static Optional<Node> read(Source source, Problems problems) {
        var documents = readAll(source, Resolver.CORE, problems);
        if (documents.size() > 1) {
            problems.add(
                    Problem.error(
                                    DocumentCode.YAML_SYNTAX,
                                    documents.get(1).place(),
                                    "a second document starts here; one is expected")
                            .withHint("put it into a file of its own"));
        }
        return documents.stream().findFirst();
    }

    /// All documents of a text that are not empty, as far as they could be read.
    public static List<Node> readAll(Source source, Resolver resolver, Problems problems) {
        var documents = new ArrayList<Node>();
        if (source.text().length() > LARGEST_TEXT) {
            problems.add(
                    Problem.error(
                            DocumentCode.YAML_TOO_LARGE,
                            source.at(0),
                            "the text has more than " + LARGEST_TEXT + " characters"));
            return documents;
        }
        try {
            new YamlReader(source, resolver, problems).documents(documents);
        } catch (MarkedYamlEngineException e) {
            problems.add(syntax(source, e));
        } catch (ReaderException e) {
            problems.add(notAllowed(source, e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.add(
                    Problem.error(
                            DocumentCode.YAML_SYNTAX, source.at(0), firstLine(e.getMessage())));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
        return documents;
    }

    private static Problem notAllowed(Source source, int character) {
        int at = source.text().indexOf(character);
        return Problem.error(
                        DocumentCode.YAML_SYNTAX,
                        source.at(Math.max(at, 0)),
                        "YAML does not allow the character U+%04X".formatted(character))
                .withHint("remove it, or write it as an escape in double quotes");
    }

    private void documents(List<Node> documents) {
        while (events.hasNext()) {
            if (events.next() instanceof DocumentStartEvent) {
                anchors.clear();
                var first = events.next();
                var root = node(first);
                if (!(root instanceof Node.Scalar scalar && scalar.value() == null)) {
                    documents.add(root);
                }
                while (!(events.next() instanceof DocumentEndEvent)) {
                    // nothing stands between a root and the end of its document
                }
            }
        }
    }

    private Node node(Event event) {
        long before = nodes;
        count(1, event);
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        if (++depth > DEEPEST) {
            throw tooLarge(event, "nests deeper than " + DEEPEST + " levels");
        }
        var node =
                switch (event) {
                    case ScalarEvent scalar -> scalar(scalar);
                    case SequenceStartEvent start -> sequence(start);
                    case MappingStartEvent start -> mapping(start);
                    default -> throw new IllegalStateException("not a node: " + event);
                };
        depth--;
        if (event instanceof NodeEvent named && named.getAnchor().isPresent()) {
            var name = named.getAnchor().get().getValue();
            anchors.put(name, node);
            anchorSizes.put(name, nodes - before);
        }
        return node;
    }

    private Node alias(AliasEvent event) {
        var name = event.getAlias().getValue();
        var node = anchors.get(name);
        if (node == null) {
            throw Problem.error(
                            DocumentCode.YAML_ALIAS,
                            place(event),
                            "no anchor \"" + name + "\" stands before this alias")
                    .thrown();
        }
        count(anchorSizes.getOrDefault(name, 1L), event);
        return node;
    }

    private Node sequence(SequenceStartEvent start) {
        checkTag(start, start.getTag(), "!!seq");
        var items = new ArrayList<Node>();
        for (var event = events.next();
                !(event instanceof CollectionEndEvent);
                event = events.next()) {
            items.add(node(event));
        }
        return new Node.Sequence(place(start), items);
    }

    private Node mapping(MappingStartEvent start) {
        checkTag(start, start.getTag(), "!!map");
        var entries = new LinkedHashMap<String, Node.Entry>();
        for (var event = events.next();
                !(event instanceof CollectionEndEvent);
                event = events.next()) {
            var at = place(event);
            var key = key(node(event), at, resolver);
            var value = node(events.next());
            if (key.equals(MERGE) && resolver.equals(Resolver.CORE)) {
                problems.add(noMerging(at));
                continue;
            }
            var entry = new Node.Entry(at, value);
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
        return new Node.Mapping(place(start), entries);
    }

    private static Problem noMerging(Place at) {
        return Problem.error(
                DocumentCode.YAML_MERGE_KEY, at, "YAML 1.2 has no merge key \"" + MERGE + "\"");
    }

    private static String key(Node node, Place at, Resolver resolver) {
        if (node instanceof Node.Scalar scalar) {
            // In a manifest a key is what it resolves to: `on` is the key `true` there.
            return resolver.equals(Resolver.CORE) ? scalar.text() : scalar.printed();
        }
        throw Problem.error(
                        DocumentCode.YAML_SYNTAX, at, "a key must be a text, not " + node.kind())
                .withHint(
                        "a value that starts with {{ needs quotes: when: '{{ ne .Env \"production\" }}'")
                .thrown();
    }

    private Node scalar(ScalarEvent event) {
        var text = event.getValue();
        var style = style(event.getScalarStyle());
        var place = place(event);
        var tag = event.getTag();
        if (tag.isPresent() && (resolver.equals(Resolver.CORE) || tag.get().startsWith("!"))) {
            var meaning = Tags.of(tag.get(), text, resolver);
            meaning.fault()
                    .ifPresent(fault ->
                            problems.add(Problem.error(DocumentCode.YAML_SYNTAX, place, fault)));
            return new Node.Scalar(place, text, meaning.value(), style);
        }
        if (style != Node.Style.PLAIN || tag.filter(STRING::equals).isPresent()) {
            return new Node.Scalar(place, text, text, style);
        }
        var value = resolver.value(text);
        if (value instanceof Number && resolver.equals(Resolver.CORE)) {
            warnOfOctal(text, place);
        }
        return new Node.Scalar(place, text, value, style);
    }

    private static Node.Style style(ScalarStyle style) {
        return switch (style) {
            case PLAIN -> Node.Style.PLAIN;
            case LITERAL -> Node.Style.LITERAL;
            case FOLDED -> Node.Style.FOLDED;
            case SINGLE_QUOTED, DOUBLE_QUOTED, JSON_SCALAR_STYLE -> Node.Style.QUOTED;
        };
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private void checkTag(Event event, Optional<String> tag, String kind) {
        if (resolver.equals(Resolver.CORE) && !Tags.fits(tag, kind)) {
            problems.add(
                    Problem.error(
                            DocumentCode.YAML_SYNTAX,
                            place(event),
                            "unknown tag " + Tags.shown(tag.orElse(""))));
        }
    }

    private void warnOfOctal(String text, Place place) {
        if (text.length() > 1
                && text.charAt(0) == '0'
                && Character.isDigit(text.charAt(1))
                && text.chars().allMatch(Character::isDigit)) {
            problems.add(
                    Problem.error(
                                    DocumentCode.YAML_AMBIGUOUS,
                                    place,
                                    text + " is the decimal number " + resolver.value(text))
                            .asWarning()
                            .withHint(
                                    "quote it when it is a text, write 0o"
                                            + text.substring(1)
                                            + " when it is octal"));
        }
    }

    private void count(long more, Event event) {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw tooLarge(event, "unfolds to more than " + MOST_NODES + " nodes");
        }
    }

    private ProblemException tooLarge(Event event, String what) {
        return Problem.error(DocumentCode.YAML_TOO_LARGE, place(event), "the document " + what)
                .thrown();
    }

    private Place place(Event event) {
        return place(source, event.getStartMark().orElse(null));
    }

    private static Place place(Source source, @Nullable Mark mark) {
        return mark == null
                ? source.at(0)
                : new Place(source, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Problem syntax(Source source, MarkedYamlEngineException e) {
        var mark = e.getProblemMark().or(e::getContextMark).orElse(null);
        var what = e.getContext() == null ? e.getProblem() : e.getProblem() + " " + e.getContext();
        var place = place(source, mark);
        var problem = Problem.error(DocumentCode.YAML_SYNTAX, place, firstLine(what).strip());
        var line = source.line(place.line());
        if (what.contains("\\t") || line.contains("\t")) {
            return problem.withHint("YAML is indented with spaces, never with tabs");
        }
        return line.contains("{{")
                ? problem.withHint("a value that starts with {{ needs quotes")
                : problem;
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "not YAML" : message.lines().findFirst().orElse("not YAML");
    }
}
