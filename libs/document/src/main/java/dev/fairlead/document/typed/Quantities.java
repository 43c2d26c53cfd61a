package dev.fairlead.document.typed;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/// Amounts as Kubernetes writes them: `500m`, `2`, `10Gi`, `1e3`.
public final class Quantities {
    /// The form as a regular expression.
    public static final Pattern FORM =
            Pattern.compile(
                    "([+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+))([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?");

    private Quantities() {}

    /// The amount in units (bytes, cores); empty when the text is not a quantity.
    public static Optional<BigDecimal> parse(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            return Optional.empty();
        }
        var number = new BigDecimal(found.group(1));
        var suffix = found.group(4) == null ? "" : found.group(4);
        if (suffix.length() > 1 && !suffix.endsWith("i")) {
            var power = new java.math.BigInteger(suffix.substring(1));
            return power.bitLength() > 8
                    ? Optional.empty()
                    : Optional.of(number.scaleByPowerOfTen(power.intValue()));
        }
        return Optional.of(
                suffix.endsWith("i")
                        ? number.multiply(
                                BigDecimal.valueOf(1024)
                                        .pow("KMGTPE".indexOf(suffix.charAt(0)) + 1))
                        : number.scaleByPowerOfTen(power(suffix)));
    }

    private static int power(String suffix) {
        return switch (suffix) {
            case "n" -> -9;
            case "u" -> -6;
            case "m" -> -3;
            case "k" -> 3;
            case "M" -> 6;
            case "G" -> 9;
            case "T" -> 12;
            case "P" -> 15;
            case "E" -> 18;
            default -> 0;
        };
    }
}
