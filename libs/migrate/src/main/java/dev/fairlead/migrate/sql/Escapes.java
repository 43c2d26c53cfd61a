package dev.fairlead.migrate.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// What the escapes in a string mean.
final class Escapes {
    private Escapes() {}

    /// The text of an `E'…'`, between its quotes. What the server would refuse stands for itself.
    static String backslashed(String raw) {
        if (raw.indexOf('\\') < 0) {
            return raw.replace("''", "'");
        }
        var out = new ByteArrayOutputStream(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i);
            if (c == '\\' && i + 1 < raw.length()) {
                i = escape(raw, i + 1, out);
            } else {
                int point = raw.codePointAt(i);
                write(out, point);
                i += Character.charCount(point);
                if (c == '\'') {
                    i++; // the second of two
                }
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /// @param at the offset after the backslash
    /// @return the offset after the escape
    private static int escape(String raw, int at, ByteArrayOutputStream out) {
        char c = raw.charAt(at);
        switch (c) {
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'v' -> out.write(0x0B); // since 16; before, it is the letter
            case 'u', 'U' -> {
                int length = c == 'u' ? 4 : 8;
                int point = number(raw, at + 1, length, 16);
                if (digits(raw, at + 1, length, 16) == length
                        && Character.isValidCodePoint(point)) {
                    write(out, point);
                    return at + 1 + length;
                }
                out.write(c);
            }
            case 'x' -> {
                int length = digits(raw, at + 1, 2, 16);
                out.write(length == 0 ? 'x' : number(raw, at + 1, length, 16));
                return at + 1 + length;
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                int length = digits(raw, at, 3, 8);
                out.write(number(raw, at, length, 8));
                return at + length;
            }
            default -> {
                int point = raw.codePointAt(at);
                write(out, point);
                return at + Character.charCount(point);
            }
        }
        return at + 1;
    }

    /// The text of a `U&'…'` or `U&"…"`: `\0041` and `\+000041`, with another escape character where UESCAPE names one.
    static String unicode(String text, char mark) {
        var out = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean six = i + 1 < text.length() && text.charAt(i + 1) == '+';
            int from = i + (six ? 2 : 1);
            int length = six ? 6 : 4;
            if (c == mark && i + 1 < text.length() && text.charAt(i + 1) == mark) {
                out.append(mark);
                i += 2;
            } else if (c == mark
                    && digits(text, from, length, 16) == length
                    && Character.isValidCodePoint(number(text, from, length, 16))) {
                out.appendCodePoint(number(text, from, length, 16));
                i = from + length;
            } else {
                out.append(c);
                i++;
            }
        }
        return out.toString();
    }

    private static int digits(String text, int from, int most, int base) {
        int count = 0;
        while (count < most
                && from + count < text.length()
                && text.charAt(from + count) < 0x80
                && Character.digit(text.charAt(from + count), base) >= 0) {
            count++;
        }
        return count;
    }

    private static int number(String text, int from, int length, int base) {
        int value = 0;
        for (int i = from; i < Math.min(from + length, text.length()); i++) {
            value = value * base + Character.digit(text.charAt(i), base);
        }
        return value;
    }

    private static void write(ByteArrayOutputStream out, int point) {
        out.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
    }
}
