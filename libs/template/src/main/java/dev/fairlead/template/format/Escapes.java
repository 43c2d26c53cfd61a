package dev.fairlead.template.format;

import dev.fairlead.diagnostic.Marked;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// Go's escaping for HTML, JavaScript and URL queries. Each goes character by character, so marks stay exact.
public final class Escapes {
    private Escapes() {}

    /// Escapes the secret and the plain parts of a text one by one.
    public static Marked each(Marked text, UnaryOperator<String> escape) {
        if (!text.hasSecret()) {
            return Marked.plain(escape.apply(text.reveal()));
        }
        var out = new Marked.Builder();
        var real = text.reveal();
        int at = 0;
        for (var span : text.spans()) {
            out.append(escape.apply(real.substring(at, span.start())));
            var secret = escape.apply(real.substring(span.start(), span.end()));
            out.append(Marked.secret(span.name(), secret));
            at = span.end();
        }
        return out.append(escape.apply(real.substring(at))).build();
    }

    public static String html(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case 0 -> out.append('\ufffd');
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    public static String js(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\'' -> out.append("\\'");
                case '"' -> out.append("\\\"");
                case '<' -> out.append("\\u003C");
                case '>' -> out.append("\\u003E");
                case '&' -> out.append("\\u0026");
                case '=' -> out.append("\\u003D");
                default -> {
                    if (c >= 128 ? GoQuote.isPrint(c) : c >= ' ') {
                        out.appendCodePoint(c);
                    } else {
                        out.append("\\u").append(String.format(Locale.ROOT, "%04X", c));
                    }
                }
            }
        }
        return out.toString();
    }

    public static String urlQuery(String text) {
        var out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean kept =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '-'
                            || c == '_'
                            || c == '.'
                            || c == '~';
            if (kept) {
                out.append(c);
            } else if (c == ' ') {
                out.append('+');
            } else {
                out.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return out.toString();
    }
}
