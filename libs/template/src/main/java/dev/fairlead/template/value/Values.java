package dev.fairlead.template.value;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.TemplateFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What every part of the engine asks of a value.
public final class Values {
    /// Go's order of strings, which is that of their code points.
    public static final Comparator<String> BY_CODE_POINT = Values::compare;

    private Values() {}

    /// Whether it is nil or Go's invalid value.
    public static boolean isNothing(@Nullable Object value) {
        return value == null || value == NoValue.NO_VALUE;
    }

    /// Go's name of the value's type: `map[string]interface {}`.
    public static String typeName(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case String _ -> "string";
            case Marked _ -> "string";
            case Long _ -> "int";
            case Integer _ -> "int";
            case Boolean _ -> "bool";
            case Double _ -> "float64";
            case Uint8 _ -> "uint8";
            case TypedMap map -> "map[string]" + map.element().name();
            case TypedList list -> "[]" + list.element().name();
            case Map<?, ?> _ -> "map[string]interface {}";
            case List<?> _ -> "[]interface {}";
            case Instant _ -> "time.Time";
            case Duration _ -> "time.Duration";
            case TemplateFunction function -> functionType(function);
            case NoValue _ -> "<nil>";
            default -> value.getClass().getSimpleName();
        };
    }

    private static String functionType(TemplateFunction function) {
        var types = new ArrayList<String>();
        for (var kind : function.parameters().fixed()) {
            types.add(kind.typeName());
        }
        function.parameters().rest().ifPresent(kind -> types.add("..." + kind.typeName()));
        return "func(" + String.join(", ", types) + ") interface {}";
    }

    /// Whether the value is not the zero of its type: the definition of truth in `if`.
    public static boolean truth(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean flag -> flag;
            case String text -> !text.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Long number -> number != 0;
            case Integer number -> number != 0;
            case Double number -> number != 0;
            case Marked text -> !text.isEmpty();
            case Uint8 number -> number.value() != 0;
            case Duration span -> !span.isZero();
            case NoValue _ -> false;
            case Absent _ -> false;
            default -> true;
        };
    }

    /// Whether the engine knows what to do with such a value.
    public static boolean isKnown(@Nullable Object value) {
        return Basic.of(value) != Basic.OTHER
                || value instanceof Map
                || value instanceof List
                || value instanceof Instant
                || value instanceof Duration
                || value instanceof TemplateFunction
                || value instanceof Absent;
    }

    /// The number of an int or a uint8.
    public static long integer(@Nullable Object value) {
        return switch (value) {
            case Long number -> number;
            case Integer number -> number;
            case Uint8 number -> number.value();
            case null, default ->
                    throw new IllegalArgumentException("not an integer: " + typeName(value));
        };
    }

    /// The real text of a string, marked or not.
    public static String text(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Marked text -> text.reveal();
            case null, default ->
                    throw new IllegalArgumentException("not a string: " + typeName(value));
        };
    }

    /// A string as marked text.
    public static Marked marked(@Nullable Object value) {
        return value instanceof Marked text ? text : Marked.plain(text(value));
    }

    /// Marked text as a value: a plain string where nothing is secret.
    public static Object plainWherePossible(Marked text) {
        return text.hasSecret() ? text : text.reveal();
    }

    /// The names of the secrets in a text, as one mark for all that is made from it.
    public static String secretNames(Marked text) {
        var names = new ArrayList<String>();
        for (var span : text.spans()) {
            if (!names.contains(span.name())) {
                names.add(span.name());
            }
        }
        return String.join("+", names);
    }

    /// The keys of a map in Go's order.
    public static List<String> sortedKeys(Map<?, ?> map) {
        var keys = new ArrayList<String>(map.size());
        for (var key : map.keySet()) {
            keys.add(String.valueOf(key));
        }
        keys.sort(BY_CODE_POINT);
        return keys;
    }

    private static int compare(String a, String b) {
        int shorter = Math.min(a.length(), b.length());
        for (int i = 0; i < shorter; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // Surrogates stand for code points above all other chars.
                boolean high = Character.isSurrogate(x);
                return high == Character.isSurrogate(y) ? Character.compare(x, y) : high ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
