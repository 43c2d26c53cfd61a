package dev.fairlead.template.format;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Numbers, strings and booleans under Go's flags, width and precision.
final class ScalarFormat {
    private final TextWriter out;
    private final Flags flags;

    ScalarFormat(TextWriter out, Flags flags) {
        this.out = out;
        this.flags = flags;
    }

    /// Writes a text, filled up to the width; secret as a whole where `name` is not empty.
    void pad(String text, String name) {
        int missing = flags.width <= 0 ? 0 : flags.width - text.codePointCount(0, text.length());
        char filler = flags.zero && !flags.minus ? '0' : ' ';
        if (!flags.minus) {
            out.repeat(filler, missing);
        }
        out.append(text, name);
        if (flags.minus) {
            out.repeat(filler, missing);
        }
    }

    private void padWithSpaces(String text) {
        boolean zero = flags.zero;
        flags.zero = false;
        pad(text, "");
        flags.zero = zero;
    }

    void bool(boolean value) {
        pad(value ? "true" : "false", "");
    }

    /// A string under `%s` or `%v`.
    void string(Marked text) {
        var part = truncated(text);
        if (flags.width <= 0) {
            out.append(part);
            return;
        }
        var real = part.reveal();
        int missing = flags.width - real.codePointCount(0, real.length());
        char filler = flags.zero && !flags.minus ? '0' : ' ';
        if (!flags.minus) {
            out.repeat(filler, missing);
        }
        out.append(part);
        if (flags.minus) {
            out.repeat(filler, missing);
        }
    }

    private Marked truncated(Marked text) {
        var real = text.reveal();
        if (flags.precision < 0 || real.codePointCount(0, real.length()) <= flags.precision) {
            return text;
        }
        return text.slice(0, real.offsetByCodePoints(0, flags.precision));
    }

    /// A string under `%q`.
    void quoted(Marked text) {
        var part = truncated(text);
        var real = part.reveal();
        var name = Values.secretNames(part);
        if (flags.sharp && GoQuote.canBackquote(real)) {
            pad("`" + real + "`", name);
        } else {
            pad(GoQuote.quoted(real, flags.plus), name);
        }
    }

    /// A string under `%x` or `%X`.
    void hexString(Marked text, boolean upper) {
        var bytes = text.reveal().getBytes(StandardCharsets.UTF_8);
        int length = flags.precision >= 0 ? Math.min(flags.precision, bytes.length) : bytes.length;
        var hex = new StringBuilder();
        for (int i = 0; i < length; i++) {
            if (flags.space && i > 0) {
                hex.append(' ');
            }
            if (flags.sharp && (i == 0 || flags.space)) {
                hex.append("0x");
            }
            hex.append(Character.forDigit(bytes[i] >> 4 & 0xf, 16));
            hex.append(Character.forDigit(bytes[i] & 0xf, 16));
        }
        var shown = hex.toString();
        pad(upper ? shown.toUpperCase(Locale.ROOT) : shown, Values.secretNames(text));
    }

    /// An integer in a base from 2 to 16.
    void integer(long value, int base, char verb) {
        if (flags.precision == 0 && value == 0) {
            padWithSpaces("");
            return;
        }
        boolean signed = value < 0 || flags.plus || flags.space;
        int least = flags.precision;
        if (least < 0 && flags.zero && !flags.minus && flags.width > 0) {
            least = flags.width - (signed ? 1 : 0);
        }
        var digits = unsigned(value, base);
        var text = new StringBuilder();
        text.append(value < 0 ? "-" : flags.plus ? "+" : flags.space ? " " : "");
        text.append(prefix(base, verb, digits, least));
        text.repeat('0', Math.max(0, least - digits.length())).append(digits);
        padWithSpaces(verb == 'X' ? text.toString().toUpperCase(Locale.ROOT) : text.toString());
    }

    private static String unsigned(long value, int base) {
        // The smallest long has no positive counterpart, but its bits are already the right
        // unsigned number.
        return value == Long.MIN_VALUE
                ? Long.toUnsignedString(value, base)
                : Long.toString(Math.abs(value), base);
    }

    private String prefix(int base, char verb, String digits, int least) {
        if (verb == 'O') {
            return flags.sharp && !digits.startsWith("0") && least <= digits.length()
                    ? "0o0"
                    : "0o";
        }
        if (!flags.sharp) {
            return "";
        }
        return switch (base) {
            case 2 -> "0b";
            case 8 -> digits.startsWith("0") || least > digits.length() ? "" : "0";
            case 16 -> "0x";
            default -> "";
        };
    }

    private static int rune(long value) {
        boolean valid = value >= 0 && value <= Character.MAX_CODE_POINT;
        return valid && Character.getType((int) value) != Character.SURROGATE
                ? (int) value
                : 0xfffd;
    }

    void character(long value) {
        pad(Character.toString(rune(value)), "");
    }

    void quotedCharacter(long value) {
        pad(GoQuote.quotedRune(rune(value), flags.plus), "");
    }

    /// `U+0078`, with `#` also the character.
    void unicode(long value) {
        var hex = Long.toHexString(value).toUpperCase(Locale.ROOT);
        int least = Math.max(4, flags.precision);
        var text =
                new StringBuilder("U+").repeat('0', Math.max(0, least - hex.length())).append(hex);
        boolean shown = value >= 0 && value <= Character.MAX_CODE_POINT;
        if (flags.sharp && shown && GoQuote.isPrint((int) value)) {
            text.append(" '").appendCodePoint((int) value).append('\'');
        }
        padWithSpaces(text.toString());
    }

    void floating(double value, char verb, int usual) {
        int precision = flags.precision >= 0 ? flags.precision : usual;
        var number = GoFloat.format(value, verb, precision);
        char sign = number.charAt(0) == '-' ? '-' : '+';
        var size =
                number.charAt(0) == '-' || number.charAt(0) == '+' ? number.substring(1) : number;
        if (flags.space && sign == '+' && !flags.plus) {
            sign = ' ';
        }
        boolean showsSign = flags.plus || sign != '+';
        if (size.charAt(0) == 'I' || size.charAt(0) == 'N') {
            boolean shown = size.charAt(0) == 'I' ? showsSign : flags.space || flags.plus;
            padWithSpaces((shown ? String.valueOf(sign) : "") + size);
            return;
        }
        if (flags.sharp && verb != 'b') {
            size = SharpFloat.withPoint(size, verb, precision);
        }
        if (showsSign && flags.zero && !flags.minus && flags.width > size.length() + 1) {
            // The sign stands before the zeros.
            out.append(sign);
            out.repeat('0', flags.width - size.length() - 1);
            out.append(size);
            return;
        }
        pad(showsSign ? sign + size : size, "");
    }
}
