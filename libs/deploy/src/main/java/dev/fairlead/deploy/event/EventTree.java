package dev.fairlead.deploy.event;

import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// An event as the plain tree that `events -o json` prints and stores keep:
/// `{time, execution, kind, unit?, stage?, what?, ms?, evidence?}`, and the facts under their names.
public final class EventTree {
    private EventTree() {}

    public static Map<String, Object> of(Event event) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("time", event.time().toString());
        tree.put("execution", event.execution());
        tree.put("kind", event.kind().toString());
        event.unit().ifPresent(unit -> tree.put("unit", unit.value()));
        event.stage().ifPresent(stage -> tree.put("stage", stage.toString()));
        if (!event.what().isEmpty()) {
            tree.put("what", event.what());
        }
        event.took().ifPresent(took -> tree.put("ms", took.toMillis()));
        if (!event.evidence().isEmpty()) {
            tree.put("evidence", event.evidence());
        }
        event.facts().forEach((fact, value) -> tree.put(fact.toString(), value));
        return tree;
    }

    /// The event of a tree.
    ///
    /// @throws IllegalArgumentException when the tree is not an event
    public static Event read(Map<String, Object> tree) {
        if (!(tree.get("time") instanceof String time
                && tree.get("execution") instanceof String execution
                && tree.get("kind") instanceof String kind)) {
            throw new IllegalArgumentException("not an event: " + tree.keySet());
        }
        return new Event(
                Instant.parse(time),
                execution,
                Event.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                text(tree, "unit").map(UnitName::new),
                text(tree, "stage").map(word -> Stage.valueOf(word.toUpperCase(Locale.ROOT))),
                text(tree, "what").orElse(""),
                tree.get("ms") instanceof Number ms
                        ? Optional.of(Duration.ofMillis(ms.longValue()))
                        : Optional.empty(),
                tree.get("evidence") instanceof List<?> lines
                        ? lines.stream().map(String::valueOf).toList()
                        : List.of(),
                facts(tree));
    }

    private static SortedMap<Event.Fact, String> facts(Map<String, Object> tree) {
        var facts = new TreeMap<Event.Fact, String>();
        for (var fact : Event.Fact.values()) {
            text(tree, fact.toString()).ifPresent(value -> facts.put(fact, value));
        }
        return facts;
    }

    private static Optional<String> text(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof String value ? Optional.of(value) : Optional.empty();
    }
}
