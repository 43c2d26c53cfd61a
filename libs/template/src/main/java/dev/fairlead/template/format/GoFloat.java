package dev.fairlead.template.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Floating-point numbers as Go's `strconv.FormatFloat` writes them.
final class GoFloat {
    private GoFloat() {}

    /// The digits of a number without leading or trailing zeros, and where its point is: 0.DIGITS times 10 to `point`.
    private record Digits(String digits, int point) {
        static Digits of(BigDecimal value) {
            if (value.signum() == 0) {
                return new Digits("", 0);
            }
            var unscaled = value.unscaledValue().toString();
            int end = unscaled.length();
            while (unscaled.charAt(end - 1) == '0') {
                end--;
            }
            return new Digits(unscaled.substring(0, end), unscaled.length() - value.scale());
        }

        char at(int index) {
            return index >= 0 && index < digits.length() ? digits.charAt(index) : '0';
        }

        int count() {
            return digits.length();
        }
    }

    /// @param verb one of `e E f g G b x X`
    /// @param precision negative for as many digits as are needed to read the same number back
    static String format(double value, char verb, int precision) {
        if (Double.isNaN(value)) {
            return "NaN";
        } else if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean negative = Double.doubleToRawLongBits(value) < 0;
        var out = new StringBuilder();
        if (negative) {
            out.append('-');
        }
        double size = Math.abs(value);
        switch (verb) {
            case 'b' -> HexFloat.binary(out, size);
            case 'x', 'X' -> HexFloat.hex(out, size, precision, verb == 'X');
            default -> decimal(out, size, verb, precision);
        }
        return out.toString();
    }

    private static void decimal(StringBuilder out, double size, char verb, int precision) {
        boolean shortest = precision < 0;
        var digits = shortest ? shortest(size) : rounded(size, verb, precision);
        switch (verb) {
            case 'e', 'E' -> exponent(out, digits, verb, shortest ? digits.count() - 1 : precision);
            case 'f' ->
                    plain(
                            out,
                            digits,
                            shortest ? Math.max(digits.count() - digits.point(), 0) : precision);
            default -> {
                int wanted = shortest ? digits.count() : precision == 0 ? 1 : precision;
                general(out, digits, verb, shortest, wanted);
            }
        }
    }

    private static void general(
            StringBuilder out, Digits digits, char verb, boolean shortest, int precision) {
        int most = precision;
        if (most > digits.count() && digits.count() >= digits.point()) {
            most = digits.count();
        }
        if (shortest) {
            most = 6;
        }
        int exponent = digits.point() - 1;
        if (exponent < -4 || exponent >= most) {
            int wanted = Math.min(precision, digits.count());
            exponent(out, digits, verb == 'g' ? 'e' : 'E', wanted - 1);
            return;
        }
        int wanted = precision > digits.point() ? digits.count() : precision;
        plain(out, digits, Math.max(wanted - digits.point(), 0));
    }

    private static void exponent(StringBuilder out, Digits digits, char letter, int precision) {
        out.append(digits.at(0));
        if (precision > 0) {
            out.append('.');
            for (int i = 1; i <= precision; i++) {
                out.append(digits.at(i));
            }
        }
        int exponent = digits.count() == 0 ? 0 : digits.point() - 1;
        out.append(letter).append(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        out.append(size < 10 ? "0" : "").append(size);
    }

    private static void plain(StringBuilder out, Digits digits, int precision) {
        if (digits.point() <= 0) {
            out.append('0');
        }
        for (int i = 0; i < digits.point(); i++) {
            out.append(digits.at(i));
        }
        if (precision > 0) {
            out.append('.');
            for (int i = 0; i < precision; i++) {
                out.append(digits.at(digits.point() + i));
            }
        }
    }

    private static Digits rounded(double size, char verb, int precision) {
        var exact = new BigDecimal(size);
        if (verb == 'f') {
            return Digits.of(exact.setScale(precision, RoundingMode.HALF_EVEN));
        }
        int wanted = verb == 'e' || verb == 'E' ? precision + 1 : Math.max(precision, 1);
        return Digits.of(exact.round(new MathContext(wanted, RoundingMode.HALF_EVEN)));
    }

    private static Digits shortest(double size) {
        if (size == 0) {
            return new Digits("", 0);
        }
        var value = new BigDecimal(Double.toString(size));
        var digits = Digits.of(value);
        if (digits.count() == 2) {
            // Java always gives two digits, and for a few numbers one is enough: 4.9E-324 is
            // 5e-324.
            var one = new BigDecimal(size).round(new MathContext(1, RoundingMode.HALF_EVEN));
            if (one.doubleValue() == size) {
                return Digits.of(one);
            }
        }
        return digits;
    }
}
