package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.document.kubernetes.MarkedTree;
import dev.fairlead.document.kubernetes.Yaml11;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.inventory.unit.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads rendered manifests as Kubernetes reads YAML.
public final class Manifests {
    private Manifests() {}

    /// One document of a manifest.
    ///
    /// @param tree with its secrets marked
    /// @param place where it begins, in the file that it was written in
    public record Document(Map<String, @Nullable Object> tree, Optional<Place> place) {}

    /// The documents that are maps; anything else is reported.
    public static List<Document> read(Unit.Manifest manifest, Problems problems) {
        var found = new Problems();
        var source = new Source(manifest.path(), manifest.text().reveal());
        var nodes = YamlReader.readAll(source, Yaml11.RESOLVER, found);
        if (found.hasErrors()) {
            new Wrong(manifest).report(found, problems);
            return List.of();
        }
        nodes.forEach(node -> numbers(node, manifest, problems));
        var trees = trees(manifest.text(), nodes);
        var documents = new ArrayList<Document>();
        for (int i = 0; i < nodes.size(); i++) {
            var place = place(manifest, nodes.get(i));
            switch (trees.get(i)) {
                case null -> {} // a comment between two lines ---
                case Map<?, ?> map -> documents.addAll(documents(keyed(map), place));
                default ->
                        problems.add(
                                at(place, ObjectCode.OBJECT_INCOMPLETE, "this document is no map"));
            }
        }
        return documents;
    }

    /// What is sent is JSON, which has no such numbers.
    private static void numbers(Node node, Unit.Manifest manifest, Problems problems) {
        switch (node) {
            case Node.Scalar scalar -> {
                if (scalar.value() instanceof Double number && !Double.isFinite(number)) {
                    problems.add(
                            at(
                                            place(manifest, scalar),
                                            ObjectCode.MANIFEST_NOT_YAML,
                                            "%s is no number that an object can have"
                                                    .formatted(scalar.printed()))
                                    .withHint("put it into quotes when a text is meant"));
                }
            }
            case Node.Sequence list ->
                    list.items().forEach(item -> numbers(item, manifest, problems));
            case Node.Mapping map ->
                    map.entries()
                            .values()
                            .forEach(entry -> numbers(entry.value(), manifest, problems));
        }
    }

    /// The items of a list of objects stand for themselves.
    private static List<Document> documents(
            Map<String, @Nullable Object> tree, Optional<Place> place) {
        if (!"List".equals(tree.get("kind")) || !(tree.get("items") instanceof List<?> items)) {
            return List.of(new Document(tree, place));
        }
        var documents = new ArrayList<Document>();
        for (var item : items) {
            if (item instanceof Map<?, ?> map) {
                documents.add(new Document(keyed(map), place));
            }
        }
        return documents;
    }

    private static List<@Nullable Object> trees(Marked text, List<Node> nodes) {
        var plain = new ArrayList<@Nullable Object>();
        nodes.forEach(node -> plain.add(KubernetesYaml.plain(node)));
        if (!text.hasSecret()) {
            return plain;
        }
        var marked = MarkedTree.read(text, Manifests::plain);
        return marked instanceof List<?> list && list.size() == plain.size()
                ? new ArrayList<>(list)
                : plain;
    }

    private static List<@Nullable Object> plain(String text) {
        var problems = new Problems();
        var trees = new ArrayList<@Nullable Object>();
        for (var node : YamlReader.readAll(new Source("-", text), Yaml11.RESOLVER, problems)) {
            trees.add(KubernetesYaml.plain(node));
        }
        if (problems.hasErrors()) {
            throw new IllegalArgumentException("not YAML");
        }
        return trees;
    }

    static Map<String, @Nullable Object> keyed(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    static Problem at(Optional<Place> place, ObjectCode code, String what) {
        return place.map(known -> Problem.error(code, known, what))
                .orElseGet(() -> Problem.error(code, what));
    }

    private static Optional<Place> place(Unit.Manifest manifest, Node node) {
        int line = node.place().line();
        return Optional.of(
                manifest.lines().map(map -> map.origin(line).place()).orElse(node.place()));
    }
}
