package dev.fairlead.migrate.goose;

/// Texts as Go's standard library treats them.
final class GoText {
    private GoText() {}

    /// unicode.IsSpace: the property White_Space.
    static boolean isSpace(int c) {
        return switch (c) {
            case '\t', '\n', 0x0B, '\f', '\r', ' ', 0x85, 0xA0, 0x1680 -> true;
            case 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> c >= 0x2000 && c <= 0x200A;
        };
    }

    /// strings.TrimSpace.
    static String trim(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        int start = indent(text);
        return start >= end ? "" : text.substring(start, end);
    }

    /// How many characters strings.TrimSpace takes from the front.
    static int indent(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        return start;
    }

    /// Whether two texts are one under strings.EqualFold, when the first has the letters of ASCII alone.
    static boolean equalFold(String ascii, String text) {
        if (ascii.length() != text.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (fold(ascii.charAt(i)) != fold(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// The two letters outside of ASCII that fold into it are the long s and the sign of Kelvin.
    private static char fold(char c) {
        return switch (c) {
            case 0x17F -> 's';
            case 0x212A -> 'k';
            default -> c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        };
    }

    /// A text as `%q` prints it.
    static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> quote(out, c));
        return out.append('"').toString();
    }

    private static void quote(StringBuilder out, int c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 11 -> out.append("\\v");
            default -> {
                if (isPrintable(c)) {
                    out.appendCodePoint(c);
                } else if (c < ' ' || c == 0x7F) {
                    out.append("\\x%02x".formatted(c));
                } else {
                    out.append((c < 0x10000 ? "\\u%04x" : "\\U%08x").formatted(c));
                }
            }
        }
    }

    /// strconv.IsPrint: letters, marks, numbers, punctuation, symbols and the space of ASCII.
    private static boolean isPrintable(int c) {
        return c == ' '
                || switch (Character.getType(c)) {
                    case Character.SPACE_SEPARATOR,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED ->
                            false;
                    default -> true;
                };
    }

    /// The error of strconv for a text that is not a whole number of 64 bits; empty when it is one.
    static String numberError(String function, String text) {
        boolean signed = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+');
        var digits = signed ? text.substring(1) : text;
        boolean syntax = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        String fault;
        if (!syntax) {
            fault = "invalid syntax";
        } else if (new java.math.BigInteger(text).bitLength() > 63) {
            fault = "value out of range";
        } else {
            return "";
        }
        return "strconv." + function + ": parsing " + quoted(text) + ": " + fault;
    }
}
