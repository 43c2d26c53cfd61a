package dev.fairlead.template.parse;

import dev.fairlead.template.format.GoQuote;
import java.util.Locale;

/// How Go's lexer sorts characters.
final class Characters {
    private Characters() {}

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    static boolean isAlphaNumeric(int c) {
        if (c < 128) {
            return (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_';
        }
        return Character.isLetter(c) || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER;
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// A character as `%#U` shows it: `U+0021 '!'`.
    static String shown(int c) {
        var code = "U+" + String.format(Locale.ROOT, "%04X", c);
        return GoQuote.isPrint(c) ? code + " '" + Character.toString(c) + "'" : code;
    }
}
