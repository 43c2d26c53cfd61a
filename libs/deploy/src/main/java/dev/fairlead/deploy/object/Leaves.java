package dev.fairlead.deploy.object;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The leaves of an object's tree, some of which are secret.
public final class Leaves {
    /// What stands for the fingerprint of a secret while the environment has no key for fingerprints.
    public static final String NEW = "new";

    private Leaves() {}

    /// The tree as people may see it.
    public static Map<String, @Nullable Object> masked(Map<String, @Nullable Object> tree) {
        return map(tree, Marked::toString);
    }

    /// The tree as the API server gets it.
    public static Map<String, @Nullable Object> revealed(Map<String, @Nullable Object> tree) {
        return map(tree, Marked::reveal);
    }

    private static @Nullable Object shown(@Nullable Object value, Function<Marked, String> show) {
        return switch (value) {
            case Marked text -> show.apply(text);
            case Map<?, ?> map -> map(map, show);
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>(list.size());
                list.forEach(item -> copy.add(shown(item, show)));
                yield copy;
            }
            case null, default -> value;
        };
    }

    private static Map<String, @Nullable Object> map(Map<?, ?> map, Function<Marked, String> show) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), shown(value, show)));
        return copy;
    }

    /// Per secret one fingerprint of all its parts in the tree, in the order of the paths: it says only whether any
    /// changed.
    ///
    /// @param key under which fingerprints are made; absent before the first execution
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public static SortedMap<String, String> fingerprints(
            Map<String, @Nullable Object> tree, Optional<byte[]> key) {
        var texts = new TreeMap<String, StringBuilder>();
        visit(
                "",
                tree,
                (_, text) -> {
                    for (var span : text.spans()) {
                        texts.computeIfAbsent(span.name(), _ -> new StringBuilder())
                                .append(text.reveal(), span.start(), span.end())
                                .append('\0');
                    }
                });
        var fingerprints = new TreeMap<String, String>();
        texts.forEach((name, text) ->
                fingerprints.put(
                        name, key.map(k -> Digest.ofSecret(k, text.toString())).orElse(NEW)));
        return fingerprints;
    }

    /// The paths of the secret leaves, as {@link Paths} writes them.
    public static List<String> hidden(Map<String, @Nullable Object> tree) {
        var paths = new ArrayList<String>();
        visit(
                "",
                tree,
                (path, text) -> {
                    if (text.hasSecret()) {
                        paths.add(path);
                    }
                });
        return paths.stream().sorted().toList();
    }

    private static void visit(
            String path, @Nullable Object value, BiConsumer<String, Marked> visitor) {
        switch (value) {
            case Marked text -> visitor.accept(path, text);
            case Map<?, ?> map ->
                    new TreeMap<>(keyed(map))
                            .forEach((key, member) ->
                                    visit(Paths.member(path, key), member, visitor));
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    visit(Paths.item(path, list, i), list.get(i), visitor);
                }
            }
            case null, default -> {}
        }
    }

    private static Map<String, @Nullable Object> keyed(Map<?, ?> map) {
        var copy = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
