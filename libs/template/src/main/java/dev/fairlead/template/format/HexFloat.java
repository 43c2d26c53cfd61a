package dev.fairlead.template.format;

/// Floating-point numbers by their bits: `%b` and `%x`.
final class HexFloat {
    private static final int MANTISSA_BITS = 52;
    private static final long HIDDEN = 1L << MANTISSA_BITS;

    private HexFloat() {}

    /// `4503599627370496p-52`
    static void binary(StringBuilder out, double size) {
        long bits = Double.doubleToRawLongBits(size);
        int exponent = (int) (bits >> MANTISSA_BITS);
        long mantissa = bits & (HIDDEN - 1);
        if (exponent == 0) {
            exponent = 1;
        } else {
            mantissa |= HIDDEN;
        }
        int power = exponent - 1023 - MANTISSA_BITS;
        out.append(mantissa).append('p').append(power < 0 ? "" : "+").append(power);
    }

    /// `0x1.8p+01`
    static void hex(StringBuilder out, double size, int precision, boolean upper) {
        long bits = Double.doubleToRawLongBits(size);
        int exponent = (int) (bits >> MANTISSA_BITS);
        long mantissa = bits & (HIDDEN - 1);
        int power = exponent - 1023;
        if (exponent == 0) {
            power = mantissa == 0 ? 0 : -1022;
        } else {
            mantissa |= HIDDEN;
        }
        while (mantissa != 0 && (mantissa & HIDDEN) == 0) {
            mantissa <<= 1;
            power--;
        }
        if (precision >= 0 && precision < 13) {
            int drop = 4 * (13 - precision);
            long rest = mantissa & ((1L << drop) - 1);
            long half = 1L << (drop - 1);
            mantissa >>>= drop;
            if (rest > half || (rest == half && (mantissa & 1) == 1)) {
                mantissa++;
            }
            mantissa <<= drop;
            if ((mantissa & HIDDEN << 1) != 0) {
                mantissa >>>= 1;
                power++;
            }
        }
        var text = new StringBuilder("0x").append(mantissa >>> MANTISSA_BITS);
        fraction(text, mantissa & (HIDDEN - 1), precision);
        text.append('p').append(power < 0 ? '-' : '+');
        text.append(Math.abs(power) < 10 ? "0" : "").append(Math.abs(power));
        out.append(upper ? text.toString().toUpperCase(java.util.Locale.ROOT) : text);
    }

    private static void fraction(StringBuilder text, long fraction, int precision) {
        if (fraction == 0 && precision <= 0) {
            return;
        }
        text.append('.');
        long left = fraction;
        for (int i = 0; precision < 0 ? left != 0 : i < precision; i++) {
            text.append(Character.forDigit((int) (left >>> (MANTISSA_BITS - 4)), 16));
            left = left << 4 & (HIDDEN - 1);
        }
    }
}
