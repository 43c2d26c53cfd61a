package dev.fairlead.template.parse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The values of Go's string and character constants. A string that is no valid UTF-8 gets U+FFFD where it is not.
final class Unquote {
    private static final String INVALID = "invalid syntax";

    private final String text;
    private final char quote;
    private int at = 1;

    private Unquote(String text) {
        this.text = text;
        this.quote = text.charAt(0);
    }

    static String string(String quoted) throws NumberConstant.Malformed {
        var inside = quoted.substring(1, quoted.length() - 1);
        if (quoted.charAt(0) == '`') {
            return inside.indexOf('\r') < 0 ? inside : inside.replace("\r", "");
        }
        return inside.indexOf('\\') < 0 ? inside : new Unquote(quoted).escaped();
    }

    static long character(String quoted) throws NumberConstant.Malformed {
        var unquote = new Unquote(quoted);
        if (quoted.charAt(1) == '\'') {
            throw new NumberConstant.Malformed(INVALID);
        }
        var point = unquote.next();
        if (unquote.at != quoted.length() - 1) {
            throw new NumberConstant.Malformed("malformed character constant: " + quoted);
        }
        return point.value();
    }

    private record Point(int value, boolean isByte) {}

    private String escaped() throws NumberConstant.Malformed {
        var bytes = new ByteArrayOutputStream();
        while (at < text.length() - 1) {
            var point = next();
            if (point.isByte()) {
                bytes.write(point.value());
            } else {
                bytes.writeBytes(
                        Character.toString(point.value()).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private Point next() throws NumberConstant.Malformed {
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        if (c != '\\') {
            return new Point(c, false);
        }
        char escape = text.charAt(at++);
        return switch (escape) {
            case 'a' -> new Point(7, false);
            case 'b' -> new Point('\b', false);
            case 'f' -> new Point('\f', false);
            case 'n' -> new Point('\n', false);
            case 'r' -> new Point('\r', false);
            case 't' -> new Point('\t', false);
            case 'v' -> new Point(11, false);
            case '\\' -> new Point('\\', false);
            case 'x' -> new Point(digits(2, 16), true);
            case 'u' -> codePoint(4);
            case 'U' -> codePoint(8);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
            default -> {
                if (escape != quote) {
                    throw new NumberConstant.Malformed(INVALID);
                }
                yield new Point(escape, false);
            }
        };
    }

    private Point octal() throws NumberConstant.Malformed {
        at--;
        int value = digits(3, 8);
        if (value > 255) {
            throw new NumberConstant.Malformed(INVALID);
        }
        return new Point(value, true);
    }

    private Point codePoint(int length) throws NumberConstant.Malformed {
        int value = digits(length, 16);
        if (!Character.isValidCodePoint(value) || (value >= 0xD800 && value < 0xE000)) {
            throw new NumberConstant.Malformed(INVALID);
        }
        return new Point(value, false);
    }

    private int digits(int count, int base) throws NumberConstant.Malformed {
        if (at + count > text.length() - 1) {
            throw new NumberConstant.Malformed(INVALID);
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            char c = text.charAt(at++);
            int digit = c < 128 ? Character.digit(c, base) : -1;
            if (digit < 0) {
                throw new NumberConstant.Malformed(INVALID);
            }
            value = value * base + digit;
        }
        return value > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) value;
    }
}
