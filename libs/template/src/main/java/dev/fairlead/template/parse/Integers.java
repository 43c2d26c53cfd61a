package dev.fairlead.template.parse;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Go's integer constants: a sign, a base by prefix, underscores between digits.
final class Integers {
    private static final int LONGEST = 100;

    private Integers() {}

    /// The value, or null when the text is no integer.
    static @Nullable BigInteger parse(String text) {
        if (text.length() > LONGEST || !Underscores.areWellPlaced(text)) {
            return null;
        }
        boolean signed = !text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-');
        var digits = signed ? text.substring(1) : text;
        int base = 10;
        if (digits.startsWith("0") && digits.length() > 1) {
            base = digits.length() < 3 ? 8 : baseOf(digits.charAt(1));
            boolean prefixed = digits.length() >= 3 && Character.isLetter(digits.charAt(1));
            digits = digits.substring(prefixed ? 2 : 1);
        }
        var value = value(digits, base);
        return value != null && text.startsWith("-") ? value.negate() : value;
    }

    private static int baseOf(char mark) {
        return switch (mark) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            default -> 8;
        };
    }

    private static @Nullable BigInteger value(String digits, int base) {
        var plain = digits.indexOf('_') < 0 ? digits : digits.replace("_", "");
        if (plain.isEmpty()) {
            return null;
        }
        long small = 0;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            int digit = c < 128 ? Character.digit(c, base) : -1;
            if (digit < 0) {
                return null;
            }
            small = small * base + digit;
        }
        // Fifteen digits fit into a long in every base up to 16.
        return plain.length() <= 15 ? BigInteger.valueOf(small) : new BigInteger(plain, base);
    }
}
