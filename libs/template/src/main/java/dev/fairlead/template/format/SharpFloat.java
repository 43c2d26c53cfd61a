package dev.fairlead.template.format;

/// The `#` flag on floating-point numbers: always a decimal point, and for `%g` trailing zeros.
final class SharpFloat {
    private SharpFloat() {}

    static String withPoint(String size, char verb, int precision) {
        int missing =
                switch (verb) {
                    case 'g', 'G', 'x' -> precision < 0 ? 6 : precision;
                    default -> 0;
                };
        int tailStart = tailStart(size, verb);
        var head = new StringBuilder(size.substring(0, tailStart));
        boolean hasPoint = false;
        boolean sawDigit = false;
        for (int i = 0; i < head.length(); i++) {
            char c = head.charAt(i);
            if (c == '.') {
                hasPoint = true;
                continue;
            }
            sawDigit |= c != '0';
            if (sawDigit) {
                missing--;
            }
        }
        if (!hasPoint) {
            if (head.length() == 1 && head.charAt(0) == '0') {
                missing--;
            }
            head.append('.');
        }
        return head.repeat('0', Math.max(0, missing)) + size.substring(tailStart);
    }

    private static int tailStart(String size, char verb) {
        for (int i = 0; i < size.length(); i++) {
            char c = size.charAt(i);
            boolean exponent = (c == 'e' || c == 'E') && verb != 'x' && verb != 'X';
            if (c == 'p' || c == 'P' || exponent) {
                return i;
            }
        }
        return size.length();
    }
}
