package dev.fairlead.document.kubernetes;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.tree.GoNumbers;
import dev.fairlead.document.tree.JsonReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// JSON as Go's encoding/json writes it: one line, sorted keys, `<`, `>` and `&` escaped.
public final class GoJson {
    private final Marked.Builder out = new Marked.Builder();

    private GoJson() {}

    /// The text: a String, or {@link Marked} where a part of it is secret.
    ///
    /// @param tree null, Boolean, numbers, String, Marked, and lists and maps of these
    public static Object write(@Nullable Object tree) {
        var writer = new GoJson();
        writer.value(tree);
        var text = writer.out.build();
        return text.hasSecret() ? text : text.reveal();
    }

    /// The value of a JSON text as a plain tree; whole numbers stay whole.
    ///
    /// @throws IllegalArgumentException with line and column, when it is not JSON
    public static @Nullable Object read(String text) {
        var problems = new Problems();
        var node = JsonReader.read(new Source("json", text), problems);
        if (problems.hasErrors() || node.isEmpty()) {
            throw new IllegalArgumentException(KubernetesYaml.first(problems));
        }
        return node.get().plain();
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case Marked text -> string(text);
            case String text -> string(Marked.plain(text));
            case Double number -> out.append(number(number));
            case Float number -> out.append(number(number.doubleValue()));
            case Map<?, ?> map -> map(map);
            case List<?> list -> {
                out.append("[");
                for (int i = 0; i < list.size(); i++) {
                    out.append(i == 0 ? "" : ",");
                    value(list.get(i));
                }
                out.append("]");
            }
            case Boolean flag -> out.append(flag.toString());
            case Number number -> out.append(number.toString());
            default -> string(Marked.plain(value.toString()));
        }
    }

    private void map(Map<?, ?> map) {
        var sorted = new TreeMap<String, @Nullable Object>();
        map.keySet().forEach(key -> sorted.put(String.valueOf(key), map.get(key)));
        out.append("{");
        boolean first = true;
        for (var entry : sorted.entrySet()) {
            out.append(first ? "" : ",");
            first = false;
            string(Marked.plain(entry.getKey()));
            out.append(":");
            value(entry.getValue());
        }
        out.append("}");
    }

    /// As JavaScript writes numbers: an exponent below 1e-6 and from 1e21 on, without a leading zero in it.
    private static String number(double number) {
        double size = Math.abs(number);
        if (size != 0 && (size < 1e-6 || size >= 1e21)) {
            return GoNumbers.shortest(number, -100).replace("e-0", "e-");
        }
        return size == 0
                ? GoNumbers.shortest(number, 21)
                : new java.math.BigDecimal(Double.toString(number))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private void string(Marked text) {
        out.append("\"");
        int at = 0;
        for (var span : text.spans()) {
            out.append(escaped(text.reveal(), at, span.start()));
            out.append(
                    Marked.secret(span.name(), escaped(text.reveal(), span.start(), span.end())));
            at = span.end();
        }
        out.append(escaped(text.reveal(), at, text.reveal().length())).append("\"");
    }

    private static String escaped(String text, int from, int to) {
        var out = new StringBuilder(to - from + 8);
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> out.append("\\u%04x".formatted((int) c));
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }
}
