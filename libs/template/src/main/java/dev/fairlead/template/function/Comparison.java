package dev.fairlead.template.function;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.Call;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.format.GoPrinter;
import dev.fairlead.template.format.TextWriter;
import dev.fairlead.template.value.Basic;
import dev.fairlead.template.value.TypedList;
import dev.fairlead.template.value.TypedMap;
import dev.fairlead.template.value.Values;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Go's comparisons: only values of one kind compare, and an int is no float.
final class Comparison {
    private static final String BAD_TYPE = "invalid type for comparison";

    private Comparison() {}

    /// Whether the first argument equals one of the others.
    static boolean equal(Call call) {
        if (call.count() < 2) {
            throw call.error("missing argument for comparison");
        }
        for (int i = 1; i < call.count(); i++) {
            if (equal(call, call.value(0), call.value(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(Call call, @Nullable Object a, @Nullable Object b) {
        var kind = kind(a);
        if (kind != kind(b)) {
            if (isInteger(kind) && isInteger(kind(b))) {
                return Values.integer(a) == Values.integer(b);
            }
            if (kind != Basic.NOTHING && kind(b) != Basic.NOTHING) {
                throw incompatible(call, a, b);
            }
            return (kind == Basic.OTHER && isNil(a)) || (kind(b) == Basic.OTHER && isNil(b));
        }
        return switch (kind) {
            case BOOL -> String.valueOf(a).equals(String.valueOf(b));
            case INT, UINT -> Values.integer(a) == Values.integer(b);
            case FLOAT -> real(a) == real(b);
            case STRING -> Values.text(a).equals(Values.text(b));
            case NOTHING -> true;
            case OTHER -> other(call, a, b);
        };
    }

    /// Go's nil maps and slices; the only ones here are the zero values of typed elements.
    private static boolean isNil(@Nullable Object value) {
        return (value instanceof TypedMap map && map.isNil())
                || (value instanceof TypedList list && list.isNil());
    }

    private static boolean other(Call call, @Nullable Object a, @Nullable Object b) {
        boolean sameShape =
                (a instanceof Map && b instanceof Map) || (a instanceof List && b instanceof List);
        if (!sameShape
                && (a instanceof Map
                        || a instanceof List
                        || b instanceof Map
                        || b instanceof List)) {
            throw call.error(
                    "non-comparable types %s: %s, %s: %s"
                            .formatted(
                                    shown("%s", a),
                                    Values.typeName(a),
                                    Values.typeName(b),
                                    shown("%v", b)));
        }
        if (sameShape && (isNil(a) || isNil(b))) {
            return isNil(a) == isNil(b);
        }
        if (sameShape || b instanceof TemplateFunction) {
            throw call.error(
                    "non-comparable type %s: %s".formatted(shown("%s", b), Values.typeName(b)));
        }
        return a != null && a.equals(b);
    }

    private static String shown(String verb, @Nullable Object value) {
        var text = new TextWriter(1_000_000);
        new GoPrinter(text).printf(Marked.plain(verb), Collections.singletonList(value));
        return text.marked().toString();
    }

    static boolean less(Call call) {
        var a = call.value(0);
        var b = call.value(1);
        var kind = ordered(call, a);
        var other = ordered(call, b);
        if (kind != other) {
            if (isInteger(kind) && isInteger(other)) {
                return Values.integer(a) < Values.integer(b);
            }
            throw incompatible(call, a, b);
        }
        return switch (kind) {
            case INT, UINT -> Values.integer(a) < Values.integer(b);
            case FLOAT -> real(a) < real(b);
            case STRING -> Values.BY_CODE_POINT.compare(Values.text(a), Values.text(b)) < 0;
            case BOOL, NOTHING, OTHER -> throw call.error(BAD_TYPE);
        };
    }

    static boolean lessOrEqual(Call call) {
        return less(call) || equal(call, call.value(0), call.value(1));
    }

    private static Basic ordered(Call call, @Nullable Object value) {
        var kind = kind(value);
        if (kind == Basic.NOTHING || kind == Basic.OTHER) {
            throw call.error(BAD_TYPE);
        }
        return kind;
    }

    private static Basic kind(@Nullable Object value) {
        return Basic.of(value);
    }

    private static boolean isInteger(Basic kind) {
        return kind == Basic.INT || kind == Basic.UINT;
    }

    private static double real(@Nullable Object value) {
        return value instanceof Double number ? number : Double.NaN;
    }

    private static RuntimeException incompatible(
            Call call, @Nullable Object a, @Nullable Object b) {
        return call.error(
                "incompatible types for comparison: "
                        + Values.typeName(a)
                        + " and "
                        + Values.typeName(b));
    }
}
