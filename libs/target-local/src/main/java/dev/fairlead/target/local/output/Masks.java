package dev.fairlead.target.local.output;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Every form of every secret that a supervisor knows, for all its environments. A value shorter than
/// {@link Marked#SHORTEST_SECRET} is not looked for, as it would be found everywhere: a stack with one is refused.
public final class Masks {
    private final Map<String, String> names = new TreeMap<>();
    private volatile Patterns patterns = new Patterns(List.of());

    /// A form of a secret, and what stands in its place.
    static final class Needle {
        final byte[] bytes;
        final byte[] replacement;

        Needle(byte[] bytes, byte[] replacement) {
            this.bytes = bytes;
            this.replacement = replacement;
        }
    }

    /// The needles, longest first, and the bytes that they start with.
    static final class Patterns {
        final List<Needle> needles;
        final boolean[] starts = new boolean[256];

        Patterns(List<Needle> needles) {
            this.needles = List.copyOf(needles);
            needles.forEach(needle -> starts[needle.bytes[0] & 0xff] = true);
        }
    }

    /// Adds a secret; output that comes from now on is freed of it.
    public synchronized void add(String name, String value) {
        if (value.length() < Marked.SHORTEST_SECRET || names.putIfAbsent(value, name) != null) {
            return;
        }
        var needles = new ArrayList<Needle>();
        names.forEach((known, label) ->
                forms(known).forEach(form -> needles.add(needle(form, "${secret:" + label + "}"))));
        needles.sort(Comparator.comparingInt((Needle needle) -> -needle.bytes.length));
        patterns = new Patterns(needles);
    }

    Patterns patterns() {
        return patterns;
    }

    private static Needle needle(String form, String replacement) {
        return new Needle(
                form.getBytes(StandardCharsets.UTF_8),
                replacement.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> forms(String value) {
        var forms = new ArrayList<String>();
        forms.add(value);
        var json = Json.compact(value);
        forms.add(json.substring(1, json.length() - 1));
        var url = URLEncoder.encode(value, StandardCharsets.UTF_8);
        forms.add(url);
        forms.add(url.replace("+", "%20"));
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            forms.add(encoder.encodeToString(bytes));
            for (int offset = 0; offset < 3; offset++) {
                forms.add(base64Within(encoder, bytes, offset));
            }
        }
        return forms.stream()
                .distinct()
                .filter(form -> form.length() >= Marked.SHORTEST_SECRET)
                .toList();
    }

    /// What a longer text's base64 shows of the value when it starts `offset` bytes after a multiple of three.
    private static String base64Within(Base64.Encoder encoder, byte[] value, int offset) {
        var shifted = new byte[value.length + offset];
        System.arraycopy(value, 0, shifted, offset, value.length);
        var text = encoder.encodeToString(shifted);
        int from = (offset * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        return text.substring(Math.min(from, to), to);
    }
}
