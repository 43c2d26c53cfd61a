package dev.fairlead.deploy.render;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.graph.GraphTree;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.UnitName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The desired state of an environment as it was once reached, masked: what `rollback` plans to. It covers every unit,
/// those too that its execution left alone.
///
/// @param execution that reached it
/// @param returnedTo the revision whose desired state it is, when it was made by going back to that one
/// @param units the content of each unit, secrets as placeholders
/// @param derived secrets by unit that stand in it in another form than their own (encoded, cut): no placeholder can be
///     replaced by their value
/// @param images the digests of the images that it runs from, by reference
public record Revision(
        long number,
        Instant time,
        String execution,
        String environment,
        String planHash,
        String inputHash,
        Optional<Long> returnedTo,
        Graph graph,
        SortedMap<UnitName, Map<String, Object>> units,
        SortedMap<UnitName, SortedSet<String>> derived,
        SortedMap<String, String> images) {
    private static final int VERSION = 1;

    public Revision {
        units = Collections.unmodifiableSortedMap(new TreeMap<>(units));
        derived = Collections.unmodifiableSortedMap(new TreeMap<>(derived));
        images = Collections.unmodifiableSortedMap(new TreeMap<>(images));
    }

    /// One without images.
    public Revision(
            long number,
            Instant time,
            String execution,
            String environment,
            String planHash,
            String inputHash,
            Optional<Long> returnedTo,
            Graph graph,
            SortedMap<UnitName, Map<String, Object>> units,
            SortedMap<UnitName, SortedSet<String>> derived) {
        this(
                number,
                time,
                execution,
                environment,
                planHash,
                inputHash,
                returnedTo,
                graph,
                units,
                derived,
                new TreeMap<>());
    }

    /// The revision whose desired state this one has.
    public long origin() {
        return returnedTo.orElse(number);
    }

    /// What a {@link dev.fairlead.deploy.journal.Store} keeps of it: JSON.
    public String text() {
        return Json.pretty(tree()) + "\n";
    }

    /// The same as a plain tree.
    public Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("revision", number);
        tree.put("time", time.toString());
        tree.put("execution", execution);
        tree.put("environment", environment);
        tree.put("planHash", planHash);
        tree.put("inputHash", inputHash);
        returnedTo.ifPresent(origin -> tree.put("returnedTo", origin));
        tree.put("graph", GraphTree.of(graph));
        var contents = new TreeMap<String, Object>();
        units.forEach((name, content) -> contents.put(name.value(), content));
        tree.put("units", contents);
        if (!derived.isEmpty()) {
            var names = new TreeMap<String, Object>();
            derived.forEach((unit, secrets) -> names.put(unit.value(), List.copyOf(secrets)));
            tree.put("derived", names);
        }
        if (!images.isEmpty()) {
            tree.put("images", images);
        }
        return tree;
    }

    /// Reads what {@link #text} wrote.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when it is not a revision that this version knows
    public static Revision read(String text) {
        try {
            var tree = Json.readObject(text);
            if (!(tree.get("version") instanceof Number version) || version.intValue() != VERSION) {
                throw new IllegalArgumentException("its version is " + tree.get("version"));
            }
            return new Revision(
                    number(tree, "revision"),
                    Instant.parse(word(tree, "time")),
                    word(tree, "execution"),
                    word(tree, "environment"),
                    word(tree, "planHash"),
                    word(tree, "inputHash"),
                    tree.containsKey("returnedTo")
                            ? Optional.of(number(tree, "returnedTo"))
                            : Optional.empty(),
                    GraphTree.read(Objects.requireNonNull(tree.get("graph"), "graph")),
                    units(tree.get("units")),
                    derived(tree.get("derived")),
                    images(tree.get("images")));
        } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
            throw Problem.error(
                            DeployCode.RECORD_UNREADABLE,
                            "a kept revision is unreadable: " + e.getMessage())
                    .withHint(DeployCode.RECORD_UNREADABLE.remedy())
                    .thrown();
        }
    }

    private static SortedMap<UnitName, Map<String, Object>> units(
            @org.jspecify.annotations.Nullable Object tree) {
        var units = new TreeMap<UnitName, Map<String, Object>>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, content) -> {
                var copy = new LinkedHashMap<String, Object>();
                if (content instanceof Map<?, ?> members) {
                    members.forEach((key, value) -> copy.put(String.valueOf(key), value));
                }
                units.put(new UnitName(String.valueOf(name)), copy);
            });
        }
        return units;
    }

    private static SortedMap<UnitName, SortedSet<String>> derived(
            @org.jspecify.annotations.Nullable Object tree) {
        var derived = new TreeMap<UnitName, SortedSet<String>>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, secrets) -> {
                var names = new TreeSet<String>();
                if (secrets instanceof List<?> list) {
                    list.forEach(secret -> names.add(String.valueOf(secret)));
                }
                derived.put(new UnitName(String.valueOf(name)), names);
            });
        }
        return derived;
    }

    private static SortedMap<String, String> images(
            @org.jspecify.annotations.Nullable Object tree) {
        var images = new TreeMap<String, String>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((reference, digest) ->
                    images.put(String.valueOf(reference), String.valueOf(digest)));
        }
        return images;
    }

    private static String word(Map<String, Object> tree, String key) {
        return Objects.requireNonNull(tree.get(key), key).toString();
    }

    private static long number(Map<String, Object> tree, String key) {
        if (tree.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(key + " is not a number");
    }
}
