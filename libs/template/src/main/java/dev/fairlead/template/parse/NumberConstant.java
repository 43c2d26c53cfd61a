package dev.fairlead.template.parse;

import org.jspecify.annotations.Nullable;

/// A number as the source has it, under every type that can represent it: Go's ideal constants.
///
/// @param integer the value as an int, when it is one
/// @param real the value as a float64
/// @param ideal the value where no type is asked for; null when it is an integer that overflows int
public record NumberConstant(
        String text, @Nullable Long integer, double real, @Nullable Object ideal) {
    /// Says in Go's words why a number is none.
    static final class Malformed extends Exception {
        Malformed(String message) {
            super(message);
        }
    }

    static NumberConstant ofCharacter(String text) throws Malformed {
        long point = Unquote.character(text);
        return new NumberConstant(text, point, point, point);
    }

    static NumberConstant of(String text) throws Malformed {
        var magnitude = Integers.parse(text);
        if (magnitude != null) {
            return ofInteger(text, magnitude);
        }
        if (text.endsWith("i")) {
            throw new Malformed("illegal number syntax: \"" + text + "\"");
        }
        var real = Floats.parse(text);
        if (real == null) {
            throw new Malformed("illegal number syntax: \"" + text + "\"");
        }
        if (!hasPoint(text)) {
            throw new Malformed("integer overflow: \"" + text + "\"");
        }
        boolean whole = real == Math.rint(real) && Math.abs(real) < 0x1p63;
        Long integer = whole ? (Long) real.longValue() : null;
        return new NumberConstant(text, integer, real, ideal(text, integer, real));
    }

    private static NumberConstant ofInteger(String text, java.math.BigInteger value)
            throws Malformed {
        if (value.bitLength() < 64) {
            long integer = value.longValue();
            return new NumberConstant(text, integer, integer, integer);
        }
        if (value.signum() > 0 && value.bitLength() == 64 && text.charAt(0) != '+') {
            return new NumberConstant(text, null, value.doubleValue(), null);
        }
        throw new Malformed("integer overflow: \"" + text + "\"");
    }

    private static boolean hasPoint(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (".eEpP".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object ideal(String text, @Nullable Long integer, double real) {
        boolean hexInteger = text.startsWith("0x") || text.startsWith("0X");
        if (hexInteger && text.indexOf('p') < 0 && text.indexOf('P') < 0) {
            return integer;
        }
        return real;
    }
}
