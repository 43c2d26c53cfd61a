package dev.fairlead.template.parse;

import org.jspecify.annotations.Nullable;

/// Go's floating-point constants, decimal and hexadecimal.
final class Floats {
    private Floats() {}

    /// The value, or null when the text is no number or too large for a float64.
    static @Nullable Double parse(String text) {
        boolean signed = text.startsWith("+") || text.startsWith("-");
        var size = signed ? text.substring(1) : text;
        boolean hex = size.startsWith("0x") || size.startsWith("0X");
        boolean power = size.indexOf('p') >= 0 || size.indexOf('P') >= 0;
        // Java takes suffixes like 1d that Go does not know, and Go wants a power in hexadecimal.
        char last = size.isEmpty() ? ' ' : size.charAt(size.length() - 1);
        boolean suffixed = last != '.' && !Character.isDigit(last);
        if (hex != power || suffixed || !Underscores.areWellPlaced(text)) {
            return null;
        }
        try {
            double value = Double.parseDouble(text.replace("_", ""));
            return Double.isInfinite(value) ? null : (Double) value;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
