package dev.fairlead.template.format;

/// Strings and characters as Go constants, in quotes.
public final class GoQuote {
    private static final String HEX = "0123456789abcdef";

    private GoQuote() {}

    /// In double quotes.
    public static String quoted(String text) {
        return quoted(text, false);
    }

    /// @param ascii whether everything that is not ASCII is escaped
    static String quoted(String text, boolean ascii) {
        var out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            append(out, point, '"', ascii);
        }
        return out.append('"').toString();
    }

    /// A character in single quotes.
    static String quotedRune(int point, boolean ascii) {
        var out = new StringBuilder(4).append('\'');
        append(out, point, '\'', ascii);
        return out.append('\'').toString();
    }

    /// Whether a text can stand between back quotes.
    static boolean canBackquote(String text) {
        return text.codePoints()
                .noneMatch(c -> (c < ' ' && c != '\t') || c == '`' || c == 0x7f || c == 0xfeff);
    }

    /// Go's `strconv.IsPrint`: letters, marks, numbers, punctuation, symbols, and the ASCII space.
    public static boolean isPrint(int point) {
        if (point < 127) {
            return point >= ' ';
        }
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR ->
                    false;
            default -> true;
        };
    }

    private static void append(StringBuilder out, int found, char quote, boolean ascii) {
        int point = Character.getType(found) == Character.SURROGATE ? 0xfffd : found;
        if (point == quote || point == '\\') {
            out.append('\\').append((char) point);
        } else if (point < 128 ? isPrint(point) : !ascii && isPrint(point)) {
            out.appendCodePoint(point);
        } else {
            escape(out, point);
        }
    }

    private static void escape(StringBuilder out, int point) {
        switch (point) {
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 11 -> out.append("\\v");
            default -> {
                if (point < ' ' || point == 0x7f) {
                    hex(out.append("\\x"), point, 2);
                } else if (point < 0x10000) {
                    hex(out.append("\\u"), point, 4);
                } else {
                    hex(out.append("\\U"), point, 8);
                }
            }
        }
    }

    private static void hex(StringBuilder out, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(HEX.charAt(value >> shift & 0xf));
        }
    }
}
