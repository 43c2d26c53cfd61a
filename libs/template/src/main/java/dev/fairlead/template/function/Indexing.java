package dev.fairlead.template.function;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.Call;
import dev.fairlead.template.value.Absent;
import dev.fairlead.template.value.Basic;
import dev.fairlead.template.value.TypedList;
import dev.fairlead.template.value.TypedMap;
import dev.fairlead.template.value.Uint8;
import dev.fairlead.template.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `index` and `slice`. Strings are counted in bytes of UTF-8, as in Go.
final class Indexing {
    private Indexing() {}

    static @Nullable Object index(Call call) {
        var item = call.value(0);
        if (Values.isNothing(item)) {
            throw call.error("index of untyped nil");
        }
        for (int i = 1; i < call.count(); i++) {
            if (item == null) {
                throw call.error("index of nil pointer");
            }
            item = element(call, item, call.value(i));
            if (item instanceof Absent) {
                return item;
            }
        }
        return item;
    }

    private static @Nullable Object element(Call call, Object item, @Nullable Object index) {
        return switch (item) {
            case Map<?, ?> map -> entry(call, map, index);
            case List<?> list -> {
                int at = position(call, index, list.size());
                if (at == list.size()) {
                    throw call.error("reflect: slice index out of range");
                }
                yield list.get(at);
            }
            case Marked text when text.hasSecret() ->
                    throw call.error(
                            "a byte of "
                                    + text
                                    + " would be a number, which has no mark; slice gives a part of it");
            case String _, Marked _ -> {
                var bytes = Values.text(item).getBytes(StandardCharsets.UTF_8);
                int at = position(call, index, bytes.length);
                if (at == bytes.length) {
                    throw call.error("reflect: string index out of range");
                }
                yield new Uint8(bytes[at] & 0xff);
            }
            default -> throw call.error("can't index item of type " + Values.typeName(item));
        };
    }

    private static @Nullable Object entry(Call call, Map<?, ?> map, @Nullable Object index) {
        if (Values.isNothing(index)) {
            throw call.error("value is nil; should be of type string");
        }
        if (Basic.of(index) != Basic.STRING) {
            throw call.error("value has type " + Values.typeName(index) + "; should be string");
        }
        var key = Values.text(index);
        var value = map.get(key);
        if (value != null || map.containsKey(key)) {
            return value;
        }
        var missing = call.missing(map, Values.marked(index).toString());
        return missing == null && map instanceof TypedMap typed ? typed.element().zero() : missing;
    }

    /// An index from 0 to `most`.
    private static int position(Call call, @Nullable Object index, int most) {
        if (Values.isNothing(index)) {
            throw call.error("cannot index slice/array with nil");
        }
        if (Basic.of(index) != Basic.INT && Basic.of(index) != Basic.UINT) {
            throw call.error("cannot index slice/array with type " + Values.typeName(index));
        }
        long at = Values.integer(index);
        if (at < 0 || at > most) {
            throw call.error("index out of range: " + at);
        }
        return (int) at;
    }

    static Object slice(Call call) {
        var item = call.value(0);
        if (item == null || Values.isNothing(item)) {
            throw call.error("slice of untyped nil");
        }
        int given = call.count() - 1;
        if (given > 3) {
            throw call.error("too many slice indexes: " + given);
        }
        return switch (item) {
            case String _, Marked _ -> {
                if (given == 3) {
                    throw call.error("cannot 3-index slice a string");
                }
                yield text(call, Values.marked(item));
            }
            case List<?> list -> {
                var range = range(call, list.size());
                var part = list.subList(range.from(), range.to());
                yield list instanceof TypedList typed ? new TypedList(typed.element(), part) : part;
            }
            default -> throw call.error("can't slice item of type " + Values.typeName(item));
        };
    }

    private record Range(int from, int to) {}

    private static Range range(Call call, int most) {
        int[] at = {0, most, most};
        for (int i = 1; i < call.count(); i++) {
            at[i - 1] = position(call, call.value(i), most);
        }
        if (at[0] > at[1]) {
            throw call.error("invalid slice index: " + at[0] + " > " + at[1]);
        }
        if (call.count() == 4 && at[1] > at[2]) {
            throw call.error("invalid slice index: " + at[1] + " > " + at[2]);
        }
        return new Range(at[0], at[1]);
    }

    private static Object text(Call call, Marked text) {
        var real = text.reveal();
        var bytes = real.getBytes(StandardCharsets.UTF_8);
        var range = range(call, bytes.length);
        if (bytes.length == real.length()) {
            return Values.plainWherePossible(text.slice(range.from(), range.to()));
        }
        // A cut through a character gives U+FFFD for each byte of it, as text here is always whole
        // characters.
        var part =
                new String(bytes, range.from(), range.to() - range.from(), StandardCharsets.UTF_8);
        return text.hasSecret() ? Marked.secret(Values.secretNames(text), part) : part;
    }
}
