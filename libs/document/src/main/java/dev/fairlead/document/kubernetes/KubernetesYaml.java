package dev.fairlead.document.kubernetes;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.tree.GoNumbers;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.tree.YamlReader;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// YAML as sigs.k8s.io/yaml reads and writes it: YAML 1.1 resolution (`yes` is true, `0644` is 420), keys in natural
/// order, lists not indented below their key, lines folded at 80 columns.
public final class KubernetesYaml {
    private static final String MERGE = "<<";

    private final Marked.Builder out = new Marked.Builder();

    private KubernetesYaml() {}

    /// The text without a line break at its end: a String, or {@link Marked} where a part of it is secret.
    ///
    /// @param tree null, Boolean, numbers, String, Marked, and lists and maps of these
    public static Object write(@Nullable Object tree) {
        var writer = new KubernetesYaml();
        boolean collection = tree instanceof Map<?, ?> || tree instanceof List<?>;
        writer.block(
                tree, collection ? 0 : 2, 0); // what goes on in a further line is always indented
        var text = writer.out.build();
        int end = text.reveal().length();
        while (end > 0 && text.reveal().charAt(end - 1) == '\n') {
            end--;
        }
        var trimmed = text.slice(0, end);
        return trimmed.hasSecret() ? trimmed : trimmed.reveal();
    }

    /// The first document of a text as a plain tree, null when there is none; whole numbers stay whole.
    ///
    /// @throws IllegalArgumentException with line and column, when it is not YAML
    public static @Nullable Object read(String text) {
        var problems = new Problems();
        var documents = YamlReader.readAll(new Source("yaml", text), Yaml11.RESOLVER, problems);
        if (problems.hasErrors()) {
            throw new IllegalArgumentException(first(problems));
        }
        return documents.isEmpty() ? null : plain(documents.getFirst());
    }

    static String first(Problems problems) {
        return problems.list().stream()
                .findFirst()
                .map(problem ->
                        problem.place()
                                        .map(at ->
                                                "line %d, column %d: "
                                                        .formatted(at.line(), at.column()))
                                        .orElse("")
                                + problem.what())
                .orElse("there is nothing in it");
    }

    /// A tree with its merge keys (`<<: *base`) put in.
    public static @Nullable Object plain(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.value();
            case Node.Sequence list -> {
                var items = new ArrayList<@Nullable Object>();
                list.items().forEach(item -> items.add(plain(item)));
                yield items;
            }
            case Node.Mapping map -> {
                var entries = new LinkedHashMap<String, @Nullable Object>();
                map.entries()
                        .forEach((key, entry) -> {
                            if (!key.equals(MERGE)) {
                                entries.put(key, plain(entry.value()));
                            }
                        });
                var merged = map.find(MERGE);
                if (merged != null) {
                    merge(plain(merged), entries);
                }
                yield entries;
            }
        };
    }

    private static void merge(@Nullable Object from, Map<String, @Nullable Object> into) {
        if (from instanceof Map<?, ?> map) {
            map.forEach((key, value) -> into.putIfAbsent(String.valueOf(key), value));
        } else if (from instanceof List<?> list) {
            list.forEach(one -> merge(one, into));
        }
    }

    /// Writes a value whose first line goes on at `column`; what follows is indented by `indent`.
    private void block(@Nullable Object value, int indent, int column) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            map(map, indent);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            list(list, indent);
        } else {
            scalar(value, indent, column);
            out.append("\n");
        }
    }

    private void map(Map<?, ?> map, int indent) {
        boolean first = true;
        var keys =
                map.keySet().stream()
                        .map(String::valueOf)
                        .sorted(Yaml11::compareKeys)
                        .collect(Collectors.toList());
        for (var key : keys) {
            out.append(first ? "" : " ".repeat(indent));
            first = false;
            if (YamlScalar.isSimpleKey(key)) {
                var written = YamlScalar.key(key);
                out.append(written).append(":");
                member(map.get(key), indent, written.codePointCount(0, written.length()));
            } else {
                out.append("? ");
                out.append(YamlScalar.value(Marked.plain(key), indent + 2, indent + 2));
                out.append("\n").append(" ".repeat(indent)).append(": ");
                block(map.get(key), indent + 2, indent + 2);
            }
        }
    }

    /// The value behind a key of `width` characters.
    private void member(@Nullable Object value, int indent, int width) {
        if (value instanceof Map<?, ?> below && !below.isEmpty()) {
            out.append("\n").append(" ".repeat(indent + 2));
            block(value, indent + 2, indent + 2);
        } else if (value instanceof List<?> below && !below.isEmpty()) {
            out.append("\n").append(" ".repeat(indent));
            block(value, indent, indent);
        } else {
            out.append(" ");
            block(value, indent + 2, indent + width + 2);
        }
    }

    private void list(List<?> list, int indent) {
        for (int i = 0; i < list.size(); i++) {
            out.append(i == 0 ? "" : " ".repeat(indent)).append("- ");
            block(list.get(i), indent + 2, indent + 2);
        }
    }

    private void scalar(@Nullable Object value, int indent, int column) {
        switch (value) {
            case null -> out.append("null");
            case Marked text -> out.append(YamlScalar.value(text, indent, column));
            case String text -> out.append(YamlScalar.value(Marked.plain(text), indent, column));
            case Map<?, ?> _ -> out.append("{}");
            case List<?> _ -> out.append("[]");
            case Double number -> out.append(floating(number));
            case Float number -> out.append(floating(number.doubleValue()));
            case Boolean flag -> out.append(flag.toString());
            case BigInteger number when number.bitLength() > 64 ->
                    out.append(floating(number.doubleValue()));
            case Number number -> out.append(number.toString());
            default -> out.append(YamlScalar.value(Marked.plain(value.toString()), indent, column));
        }
    }

    /// Numbers take the way through JSON, so that a whole one is written without a point or exponent.
    private static String floating(double number) {
        return number == Math.rint(number) && Math.abs(number) < 9.2e18
                ? Long.toString((long) number)
                : GoNumbers.shortest(number, 6);
    }
}
