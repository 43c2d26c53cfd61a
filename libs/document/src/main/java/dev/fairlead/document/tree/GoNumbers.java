package dev.fairlead.document.tree;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Numbers as Go prints them, so that a value reads the same in a scalar, in YAML and in JSON.
public final class GoNumbers {
    private GoNumbers() {}

    /// A resolved scalar as Go's `%v` prints it.
    public static String printed(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Double number -> shortest(number, 6);
            default -> value.toString();
        };
    }

    /// The shortest text that reads back as the same number, with an exponent below -4 and from `largest` on; `%v` and
    /// `%g` have 6.
    public static String shortest(double number, int largest) {
        if (Double.isNaN(number)) {
            return "NaN";
        } else if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        } else if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        var exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        return exponent < -4 || exponent >= largest
                ? scientific(exact, exponent)
                : exact.toPlainString();
    }

    private static String scientific(BigDecimal exact, int exponent) {
        var digits = exact.unscaledValue().abs().toString();
        var text = new StringBuilder(exact.signum() < 0 ? "-" : "").append(digits.charAt(0));
        if (digits.length() > 1) {
            text.append('.').append(digits, 1, digits.length());
        }
        text.append('e').append(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        return text.append(size < 10 ? "0" : "").append(size).toString();
    }
}
