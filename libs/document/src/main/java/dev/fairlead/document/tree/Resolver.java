package dev.fairlead.document.tree;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// What a plain (unquoted) scalar means.
public interface Resolver {
    /// The core schema of YAML 1.2: services.yaml and migration specs.
    Resolver CORE = Resolver::core;

    /// Null, Boolean, Long, BigInteger, Double, or the text itself.
    @Nullable Object value(String text);

    private static @Nullable Object core(String text) {
        if (text.isEmpty()) {
            return null;
        }
        char first = text.charAt(0);
        if (Character.isDigit(first) || first == '-' || first == '+' || first == '.') {
            var number = number(text);
            return number == null ? text : number;
        }
        return switch (text) {
            case "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> text;
        };
    }

    private static @Nullable Object number(String text) {
        if (text.startsWith("0x")) {
            return whole(text.substring(2), 16);
        } else if (text.startsWith("0o")) {
            return whole(text.substring(2), 8);
        }
        var whole = whole(text, 10);
        if (whole != null) {
            return whole;
        }
        var unsigned = text.charAt(0) == '-' || text.charAt(0) == '+' ? text.substring(1) : text;
        return switch (unsigned) {
            case ".inf", ".Inf", ".INF" ->
                    text.charAt(0) == '-' ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            case ".nan", ".NaN", ".NAN" -> unsigned.equals(text) ? Double.NaN : null;
            default -> isDecimal(unsigned) ? Double.valueOf(text) : null;
        };
    }

    /// Digits of a base, with a sign where the base is 10; null when it is something else.
    private static @Nullable Object whole(String text, int base) {
        int start =
                base == 10 && text.length() > 1 && (text.charAt(0) == '-' || text.charAt(0) == '+')
                        ? 1
                        : 0;
        if (start == text.length()) {
            return null;
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), base) < 0) {
                return null;
            }
        }
        if (text.length() - start <= 15) {
            return Long.valueOf(text, base);
        }
        var large = new BigInteger(text, base);
        return large.bitLength() < 64 ? (Object) large.longValue() : large;
    }

    /// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, by hand: this runs for every plain scalar that starts like one.
    private static boolean isDecimal(String text) {
        int at = digits(text, 0);
        boolean some = at > 0;
        if (at < text.length() && text.charAt(at) == '.') {
            int end = digits(text, at + 1);
            some |= end > at + 1;
            at = end;
        }
        if (!some) {
            return false;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            int end = digits(text, at);
            return end > at && end == text.length();
        }
        return at == text.length();
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
