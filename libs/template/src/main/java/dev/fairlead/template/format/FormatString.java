package dev.fairlead.template.format;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.value.Basic;
import dev.fairlead.template.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks a format string once and prints its verbs.
final class FormatString {
    private static final int MOST = 1_000_000;

    private final GoPrinter printer;
    private final TextWriter out;
    private final Flags flags;
    private final Marked marked;
    private final String format;
    private int at;
    private int argument;
    private boolean reordered;
    private boolean goodArgument;
    private boolean afterIndex;

    FormatString(GoPrinter printer, TextWriter out, Flags flags, Marked format) {
        this.printer = printer;
        this.out = out;
        this.flags = flags;
        this.marked = format;
        this.format = format.reveal();
    }

    void print(List<? extends @Nullable Object> values) {
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            int end = percent < 0 ? format.length() : percent;
            plain(at, end);
            if (percent < 0) {
                break;
            }
            at = percent + 1;
            goodArgument = true;
            afterIndex = false;
            flags.clear();
            if (!simple(values)) {
                full(values);
            }
        }
        if (!reordered && argument < values.size()) {
            extra(values);
        }
    }

    private void plain(int from, int to) {
        if (marked.hasSecret()) {
            out.append(marked.slice(from, to));
        } else {
            out.append(format, from, to);
        }
    }

    /// Flags and a lower-case verb with nothing between them; false when there is more.
    private boolean simple(List<? extends @Nullable Object> values) {
        for (; at < format.length(); at++) {
            char c = format.charAt(at);
            switch (c) {
                case '#' -> flags.sharp = true;
                case '0' -> flags.zero = true;
                case '+' -> flags.plus = true;
                case '-' -> flags.minus = true;
                case ' ' -> flags.space = true;
                default -> {
                    if (c >= 'a' && c <= 'z' && argument < values.size()) {
                        at++;
                        verb(c, values);
                        return true;
                    }
                    return false;
                }
            }
        }
        return false;
    }

    private void full(List<? extends @Nullable Object> values) {
        index(values.size());
        width(values);
        precision(values);
        if (!afterIndex) {
            index(values.size());
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        int verb = format.codePointAt(at);
        at += Character.charCount(verb);
        if (verb == '%') {
            out.append('%');
        } else if (!goodArgument) {
            out.append("%!" + Character.toString(verb) + "(BADINDEX)");
        } else if (argument >= values.size()) {
            out.append("%!" + Character.toString(verb) + "(MISSING)");
        } else {
            verb(verb, values);
        }
    }

    private void verb(int verb, List<? extends @Nullable Object> values) {
        if (verb == 'v' || verb == 'w') {
            flags.forVerbV();
        }
        printer.argument(values.get(argument++), verb);
    }

    private void width(List<? extends @Nullable Object> values) {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            var given = integerArgument(values);
            if (given == null) {
                out.append("%!(BADWIDTH)");
            } else {
                flags.width = Math.abs(given);
                if (given < 0) {
                    flags.minus = true;
                    flags.zero = false;
                }
            }
            afterIndex = false;
            return;
        }
        flags.width = number();
        if (afterIndex && flags.width >= 0) {
            goodArgument = false;
        }
    }

    private void precision(List<? extends @Nullable Object> values) {
        if (at + 1 >= format.length() || format.charAt(at) != '.') {
            return;
        }
        at++;
        if (afterIndex) {
            goodArgument = false;
        }
        index(values.size());
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            var given = integerArgument(values);
            if (given == null || given < 0) {
                out.append("%!(BADPREC)");
            } else {
                flags.precision = given;
            }
            afterIndex = false;
        } else {
            flags.precision = Math.max(0, number());
        }
    }

    /// The number that stands there, or -1; one that is too large eats the rest of the format.
    private int number() {
        int value = 0;
        int from = at;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            if (value > MOST) {
                at = format.length();
                return -1;
            }
            value = value * 10 + format.charAt(at++) - '0';
        }
        return at == from ? -1 : value;
    }

    /// `[3]`: which argument is next.
    private void index(int count) {
        afterIndex = false;
        if (at >= format.length() || format.charAt(at) != '[') {
            return;
        }
        reordered = true;
        int close = format.indexOf(']', at);
        if (close < 0 || format.length() - at < 3) {
            at++;
            goodArgument = false;
            return;
        }
        int from = at + 1;
        at = from;
        int wanted = number();
        boolean whole = wanted >= 0 && at == close;
        at = close + 1;
        afterIndex = whole;
        if (whole && wanted >= 1 && wanted <= count) {
            argument = wanted - 1;
        } else {
            goodArgument = false;
        }
    }

    private @Nullable Integer integerArgument(List<? extends @Nullable Object> values) {
        if (argument >= values.size()) {
            return null;
        }
        var value = values.get(argument++);
        boolean whole = Basic.of(value) == Basic.INT || Basic.of(value) == Basic.UINT;
        if (!whole || Math.abs(Values.integer(value)) > MOST) {
            return null;
        }
        return (int) Values.integer(value);
    }

    private void extra(List<? extends @Nullable Object> values) {
        flags.clear();
        out.append("%!(EXTRA ");
        for (int i = argument; i < values.size(); i++) {
            if (i > argument) {
                out.append(", ");
            }
            var value = values.get(i);
            if (Values.isNothing(value)) {
                out.append("<nil>");
            } else {
                out.append(Values.typeName(value));
                out.append('=');
                printer.argument(value, 'v');
            }
        }
        out.append(')');
    }
}
