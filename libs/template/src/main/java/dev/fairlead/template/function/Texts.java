package dev.fairlead.template.function;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.Call;
import dev.fairlead.template.format.Escapes;
import dev.fairlead.template.format.GoPrinter;
import dev.fairlead.template.format.TextWriter;
import dev.fairlead.template.value.Values;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Text operations that keep the marks of secret parts.
final class Texts {
    private static final int LONGEST_LABEL = 63;

    private Texts() {}

    /// A text within the rendering's limit.
    static TextWriter writer(Call call) {
        return new TextWriter(call.limits().output());
    }

    /// Any value as text, as `%v` prints it.
    static Marked of(Call call, @Nullable Object value) {
        var text = writer(call);
        new GoPrinter(text).value(value);
        return text.marked();
    }

    /// A change that goes character by character.
    static Object each(Call call, int index, UnaryOperator<String> change) {
        return Values.plainWherePossible(Escapes.each(call.marked(index), change));
    }

    static Marked trimmed(Marked text) {
        var real = text.reveal();
        int start = 0;
        int end = real.length();
        while (start < end && isSpace(real.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(real.charAt(end - 1))) {
            end--;
        }
        return text.slice(start, end);
    }

    /// Go's `unicode.IsSpace`.
    private static boolean isSpace(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == 0x85
                || c == 0xa0
                || (c > 0xa0 && Character.isSpaceChar(c));
    }

    /// An empty `old` stands before each character and at the end, as in Go.
    static Marked replaced(Call call, Marked text, String old, Marked replacement) {
        var real = text.reveal();
        long growth = (long) replacement.reveal().length() - old.length();
        if (growth > 0) {
            TextWriter.check(
                    real.length() + growth * (count(real, old) + 1L), call.limits().output());
        }
        if (!text.hasSecret() && !replacement.hasSecret()) {
            return Marked.plain(real.replace(old, replacement.reveal()));
        }
        var out = new Marked.Builder();
        int at = 0;
        if (old.isEmpty()) {
            for (int next; at < real.length(); at = next) {
                next = real.offsetByCodePoints(at, 1);
                out.append(replacement).append(text.slice(at, next));
            }
            return out.append(replacement).build();
        }
        for (int found = real.indexOf(old); found >= 0; found = real.indexOf(old, at)) {
            out.append(text.slice(at, found)).append(replacement);
            at = found + old.length();
        }
        return out.append(text.slice(at, real.length())).build();
    }

    private static int count(String text, String part) {
        int count = 0;
        int step = Math.max(1, part.length());
        for (int at = text.indexOf(part); at >= 0 && at < text.length(); ) {
            count++;
            at = text.indexOf(part, at + step);
        }
        return count;
    }

    static String slug(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length() && out.length() < LONGEST_LABEL; i++) {
            char c = text.charAt(i);
            char small = c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
            if ((small >= 'a' && small <= 'z') || (small >= '0' && small <= '9')) {
                out.append(small);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '-') {
                out.append('-');
            }
        }
        int end = out.length();
        while (end > 0 && out.charAt(end - 1) == '-') {
            end--;
        }
        return out.substring(0, end);
    }
}
