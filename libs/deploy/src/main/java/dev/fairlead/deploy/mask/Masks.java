package dev.fairlead.deploy.mask;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.Json;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every form of some secrets: plain, by line, and as encoders write them, also inside of longer texts. A value shorter than
/// {@link Marked#SHORTEST_SECRET} is not looked for, as it would be found everywhere: a stack with one is refused.
public final class Masks {
    private static final Pattern LINE_BREAK = Pattern.compile("\\R|\\\\r\\\\n|\\\\n|\\\\r");

    /// Where encoders of base64 break their lines: MIME and the command of that name, and PEM.
    private static final List<Integer> WIDTHS = List.of(76, 64);

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

    /// The needles by the byte that they start with, the longest first: a secret of many lines has hundreds, and most
    /// bytes of an output start none or a few.
    static final class Patterns {
        private static final Needle[] NONE = {};
        private final Needle[][] byFirst = new Needle[256][];
        private final boolean none;

        Patterns(List<Needle> longestFirst) {
            none = longestFirst.isEmpty();
            Arrays.fill(byFirst, NONE);
            longestFirst.stream()
                    .collect(Collectors.groupingBy(needle -> needle.bytes[0] & 0xff))
                    .forEach((first, those) -> byFirst[first] = those.toArray(NONE));
        }

        boolean isEmpty() {
            return none;
        }

        Needle[] startingWith(byte first) {
            return byFirst[first & 0xff];
        }
    }

    /// Those of some secrets, by name.
    public static Masks of(Map<String, Marked> secrets) {
        var masks = new Masks();
        secrets.forEach((name, value) -> masks.add(name, value.reveal()));
        return masks;
    }

    /// Adds a secret; output that comes from now on is freed of it.
    public synchronized void add(String name, String value) {
        if (value.length() < Marked.SHORTEST_SECRET || names.putIfAbsent(value, name) != null) {
            return;
        }
        var needles = new ArrayList<Needle>();
        names.forEach((known, label) ->
                parts(known)
                        .flatMap(part -> forms(part).stream())
                        .distinct()
                        .forEach(form -> needles.add(needle(form, "${secret:" + label + "}"))));
        needles.sort(Comparator.comparingInt((Needle needle) -> -needle.bytes.length));
        patterns = new Patterns(needles);
    }

    /// A whole text without the secrets that are in it.
    public String masked(String text) {
        if (patterns.isEmpty()) {
            return text;
        }
        var masker = new Masker(this);
        var shown = new ByteArrayOutputStream();
        shown.writeBytes(masker.feed(text.getBytes(StandardCharsets.UTF_8)));
        shown.writeBytes(masker.flush());
        return shown.toString(StandardCharsets.UTF_8);
    }

    Patterns patterns() {
        return patterns;
    }

    private static Needle needle(String form, String replacement) {
        return new Needle(
                form.getBytes(StandardCharsets.UTF_8),
                replacement.getBytes(StandardCharsets.UTF_8));
    }

    /// The whole value and each of its lines, also where the breaks are escaped: whoever prints a key or a file of
    /// credentials line by line, indented or with a prefix, prints no run of bytes that is the value.
    private static Stream<String> parts(String value) {
        return Stream.concat(Stream.of(value), LINE_BREAK.splitAsStream(value).map(String::strip))
                .distinct()
                .filter(part -> part.length() >= Marked.SHORTEST_SECRET);
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
        var encoded = base64Within(Base64.getEncoder(), bytes, 0);
        WIDTHS.forEach(width -> forms.addAll(wrapped(encoded, width)));
        return forms.stream()
                .distinct()
                .filter(form -> form.length() >= Marked.SHORTEST_SECRET)
                .toList();
    }

    /// The lines that an encoder which breaks its lines makes of it; none where one line is enough.
    private static List<String> wrapped(String encoded, int width) {
        var lines = new ArrayList<String>();
        for (int at = 0; encoded.length() > width && at < encoded.length(); at += width) {
            lines.add(encoded.substring(at, Math.min(at + width, encoded.length())));
        }
        return lines;
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
