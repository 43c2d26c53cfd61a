package dev.fairlead.template.format;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.value.Uint8;
import dev.fairlead.template.value.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as Go's `fmt` prints them.
public final class GoPrinter {
    private final TextWriter out;
    private final Flags flags = new Flags();
    private final ScalarFormat scalars;

    public GoPrinter(TextWriter out) {
        this.out = out;
        this.scalars = new ScalarFormat(out, flags);
    }

    /// `fmt.Print`: a space between operands when neither is a string.
    public void print(List<? extends @Nullable Object> values) {
        boolean afterString = false;
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            boolean isString = isString(value);
            if (i > 0 && !isString && !afterString) {
                out.append(' ');
            }
            argument(value, 'v');
            afterString = isString;
        }
    }

    /// `fmt.Println`: always a space between operands, and a line break at the end.
    public void println(List<? extends @Nullable Object> values) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(' ');
            }
            argument(values.get(i), 'v');
        }
        out.append('\n');
    }

    /// `fmt.Printf`. Secret parts of the format keep their marks where they are plain text.
    public void printf(Marked format, List<? extends @Nullable Object> values) {
        new FormatString(this, out, flags, format).print(values);
    }

    /// One value under `%v`.
    public void value(@Nullable Object value) {
        switch (value) {
            case String text -> out.append(text);
            case Long number -> out.append(number.longValue());
            case Integer number -> out.append(number.longValue());
            case null, default -> argument(value, 'v');
        }
    }

    static boolean isString(@Nullable Object value) {
        return value instanceof String || value instanceof Marked;
    }

    /// A value that stands alone; the verb is a code point.
    void argument(@Nullable Object value, int verb) {
        if (Values.isNothing(value)) {
            if (verb == 'v' || verb == 'T') {
                scalars.pad("<nil>", "");
            } else {
                badVerb(verb, null);
            }
        } else if (verb == 'T') {
            scalars.string(Marked.plain(Values.typeName(value)));
        } else if (verb == 'p') {
            badVerb(verb, value);
        } else {
            element(value, verb);
        }
    }

    private void element(@Nullable Object value, int verb) {
        switch (value) {
            case null -> out.append(flags.sharpV ? "interface {}(nil)" : "<nil>");
            case String text -> string(text, Marked.plain(text), verb);
            case Marked text -> string(text, text, verb);
            case Long number -> integer(number, number, verb);
            case Integer number -> integer(number, number, verb);
            case Uint8 number -> unsigned(number, verb);
            case Boolean flag -> {
                if (verb == 't' || verb == 'v') {
                    scalars.bool(flag);
                } else {
                    badVerb(verb, flag);
                }
            }
            case Double number -> floating(number, verb);
            case Map<?, ?> map -> map(map, verb);
            case List<?> list -> list(list, verb);
            case Instant instant -> string(instant, Marked.plain(GoTime.of(instant)), verb);
            case Duration span -> duration(span, verb);
            default -> other(value, verb);
        }
    }

    private void other(Object value, int verb) {
        var shown = value instanceof TemplateFunction ? "func" : Values.typeName(value);
        out.append("%!" + Character.toString(verb) + "(" + shown + ")");
    }

    private void string(Object value, Marked text, int verb) {
        switch (verb) {
            case 'v' -> {
                if (flags.sharpV) {
                    scalars.quoted(text);
                } else {
                    scalars.string(text);
                }
            }
            case 's' -> scalars.string(text);
            case 'q' -> scalars.quoted(text);
            case 'x' -> scalars.hexString(text, false);
            case 'X' -> scalars.hexString(text, true);
            default -> badVerb(verb, value);
        }
    }

    private void unsigned(Uint8 number, int verb) {
        if (verb == 'v' && flags.sharpV) {
            boolean sharp = flags.sharp;
            flags.sharp = true;
            scalars.integer(number.value(), 16, 'v');
            flags.sharp = sharp;
        } else {
            integer(number, number.value(), verb);
        }
    }

    private void integer(Object value, long number, int verb) {
        switch (verb) {
            case 'v', 'd' -> scalars.integer(number, 10, (char) verb);
            case 'b' -> scalars.integer(number, 2, 'b');
            case 'o', 'O' -> scalars.integer(number, 8, (char) verb);
            case 'x', 'X' -> scalars.integer(number, 16, (char) verb);
            case 'c' -> scalars.character(number);
            case 'q' -> scalars.quotedCharacter(number);
            case 'U' -> scalars.unicode(number);
            default -> badVerb(verb, value);
        }
    }

    private void floating(double number, int verb) {
        switch (verb) {
            case 'v' -> scalars.floating(number, 'g', -1);
            case 'b', 'g', 'G', 'x', 'X' -> scalars.floating(number, (char) verb, -1);
            case 'e', 'E', 'f' -> scalars.floating(number, (char) verb, 6);
            case 'F' -> scalars.floating(number, 'f', 6);
            default -> badVerb(verb, number);
        }
    }

    private void duration(Duration span, int verb) {
        switch (verb) {
            case 'v', 's', 'q', 'x', 'X' -> string(span, Marked.plain(GoTime.of(span)), verb);
            default -> integer(span, span.toNanos(), verb);
        }
    }

    private void map(Map<?, ?> map, int verb) {
        if (flags.sharpV) {
            out.append(Values.typeName(map));
            out.append('{');
        } else {
            out.append("map[");
        }
        boolean first = true;
        for (var key : Values.sortedKeys(map)) {
            if (!first) {
                out.append(flags.sharpV ? ", " : " ");
            }
            first = false;
            element(key, verb);
            out.append(':');
            element(map.get(key), verb);
        }
        out.append(flags.sharpV ? '}' : ']');
    }

    private void list(List<?> list, int verb) {
        if (flags.sharpV) {
            out.append(Values.typeName(list));
            out.append('{');
        } else {
            out.append('[');
        }
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.append(flags.sharpV ? ", " : " ");
            }
            element(list.get(i), verb);
        }
        out.append(flags.sharpV ? '}' : ']');
    }

    private void badVerb(int verb, @Nullable Object value) {
        out.append("%!" + Character.toString(verb) + "(");
        if (value == null) {
            out.append("<nil>");
        } else {
            out.append(Values.typeName(value));
            out.append('=');
            argument(value, 'v');
        }
        out.append(')');
    }
}
