package dev.fairlead.document.kubernetes;

import dev.fairlead.document.tree.Resolver;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// YAML 1.1's meaning of plain scalars, as go-yaml v2 has it, and its natural order of keys.
public final class Yaml11 {
    /// For manifests and everything else that Kubernetes reads.
    public static final Resolver RESOLVER = Yaml11::value;

    private static final Pattern FLOAT =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern BASE_60 =
            Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");
    private static final Pattern TIMESTAMP =
            Pattern.compile(
                    "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ]\\s*[0-9]{1,2}:[0-9]{1,2}:[0-9]{1,2}(\\.[0-9]*)?\\s*(Z|[-+][0-9]{1,2}(:?[0-9]{2})?)?)?");

    private Yaml11() {}

    private static @Nullable Object value(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return switch (text) {
            case "~", "null", "Null", "NULL" -> null;
            case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> true;
            case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" ->
                    false;
            case ".nan", ".NaN", ".NAN" -> Double.NaN;
            case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
            case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
            default -> isNumberLike(text.charAt(0)) ? number(text) : text;
        };
    }

    private static boolean isNumberLike(char first) {
        return Character.isDigit(first) || first == '-' || first == '+' || first == '.';
    }

    private static Object number(String text) {
        var plain = text.replace("_", "");
        var whole = whole(plain);
        if (whole != null) {
            return whole;
        }
        if (!FLOAT.matcher(plain).matches()) {
            return text;
        }
        double number = Double.parseDouble(plain);
        return Double.isInfinite(number) ? (Object) text : (Object) number;
    }

    private static @Nullable Object whole(String text) {
        boolean negative = text.startsWith("-");
        var digits = negative || text.startsWith("+") ? text.substring(1) : text;
        int base = 10;
        if (digits.startsWith("0x") || digits.startsWith("0X")) {
            base = 16;
        } else if (digits.startsWith("0b") || digits.startsWith("0B")) {
            base = 2;
        } else if (digits.startsWith("0o") || digits.startsWith("0O")) {
            base = 8;
        } else if (digits.length() > 1 && digits.startsWith("0")) {
            base = 8;
            digits = "0o" + digits.substring(1);
        }
        var bare = base == 10 ? digits : digits.substring(2);
        if (bare.isEmpty()) {
            return null;
        }
        for (int i = 0; i < bare.length(); i++) {
            if (bare.charAt(i) > 'f' || Character.digit(bare.charAt(i), base) < 0) {
                return null;
            }
        }
        var number = new BigInteger((negative ? "-" : "") + bare, base);
        if (number.bitLength() < 64) {
            return number.longValue();
        }
        return !negative && number.bitLength() <= 64 ? number : null;
    }

    /// Whether a text written without quotes would be read as something else.
    static boolean needsQuotes(String text) {
        return !(value(text) instanceof String)
                || (text.indexOf(':') > 0 && BASE_60.matcher(text).matches())
                || (Character.isDigit(text.charAt(0)) && TIMESTAMP.matcher(text).matches());
    }

    /// Letters before other characters, numbers by their value.
    static int compareKeys(String a, String b) {
        var x = a.codePoints().toArray();
        var y = b.codePoints().toArray();
        for (int i = 0; i < x.length && i < y.length; i++) {
            if (x[i] != y[i]) {
                return compareFrom(x, y, i);
            }
        }
        return Integer.compare(x.length, y.length);
    }

    private static int compareFrom(int[] x, int[] y, int i) {
        boolean letterX = Character.isLetter(x[i]);
        boolean letterY = Character.isLetter(y[i]);
        if (letterX || letterY) {
            return letterX && letterY ? Integer.compare(x[i], y[i]) : letterY ? -1 : 1;
        }
        // A digit after another number's digits counts as if that number stood before it.
        long start = 0;
        if (x[i] == '0' || y[i] == '0') {
            for (int j = i - 1; j >= 0 && Character.isDigit(x[j]); j--) {
                if (x[j] != '0') {
                    start = 1;
                    break;
                }
            }
        }
        int endX = endOfDigits(x, i);
        int endY = endOfDigits(y, i);
        long numberX = number(x, i, endX, start);
        long numberY = number(y, i, endY, start);
        if (numberX != numberY) {
            return Long.compare(numberX, numberY);
        }
        return endX != endY ? Integer.compare(endX, endY) : Integer.compare(x[i], y[i]);
    }

    private static int endOfDigits(int[] text, int from) {
        int end = from;
        while (end < text.length && Character.isDigit(text[end])) {
            end++;
        }
        return end;
    }

    private static long number(int[] text, int from, int to, long start) {
        long number = start;
        for (int i = from; i < to; i++) {
            number = number * 10 + Character.digit(text[i], 10);
        }
        return number;
    }
}
