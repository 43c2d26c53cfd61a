package dev.fairlead.template.function;

import static dev.fairlead.template.TemplateFunction.Kind.ANY;
import static dev.fairlead.template.TemplateFunction.Kind.INT;
import static dev.fairlead.template.TemplateFunction.Kind.MAP;
import static dev.fairlead.template.TemplateFunction.Kind.STRING;
import static dev.fairlead.template.TemplateFunction.Kind.TESTED;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.Call;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.TemplateFunction.Doc;
import dev.fairlead.template.TemplateFunction.Parameters;
import dev.fairlead.template.format.TextWriter;
import dev.fairlead.template.value.ElementType;
import dev.fairlead.template.value.TypedList;
import dev.fairlead.template.value.TypedMap;
import dev.fairlead.template.value.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The functions of the `fairlead` profile that make and read lists and maps. None of them changes its arguments.
final class CollectionFunctions {
    private CollectionFunctions() {}

    static void addTo(Map<String, TemplateFunction> all) {
        lists(all);
        parts(all);
        making(all);
        reading(all);
    }

    private static void lists(Map<String, TemplateFunction> all) {
        all.put(
                "list",
                TemplateFunction.of(
                        new Doc(
                                "list values...",
                                "a list of the values",
                                "{{ list 1 \"a\" true }}",
                                "[1 a true]"),
                        Parameters.of().then(ANY),
                        call -> Collections.unmodifiableList(Builtins.values(call, 0))));
        all.put(
                "until",
                TemplateFunction.of(
                        new Doc(
                                "until count",
                                "the numbers from 0 up to, but not, the count",
                                "{{ until 3 }}",
                                "[0 1 2]"),
                        Parameters.of(INT),
                        CollectionFunctions::until));
    }

    private static void parts(Map<String, TemplateFunction> all) {
        all.put(
                "split",
                TemplateFunction.of(
                        new Doc(
                                "split separator text",
                                "a map of the parts, with the keys _0, _1 and so on",
                                "{{ (split \":\" \"host:80\")._1 }}",
                                "80"),
                        Parameters.of(STRING, STRING),
                        CollectionFunctions::split));
        all.put(
                "join",
                TemplateFunction.of(
                        new Doc(
                                "join separator list",
                                "the elements of the list as one text; nil is left out",
                                "{{ list \"a\" 1 | join \", \" }}",
                                "a, 1"),
                        Parameters.of(STRING, ANY),
                        CollectionFunctions::join));
    }

    private static Object until(Call call) {
        long count = call.integer(0);
        call.charge(Math.abs(Math.max(count, -Long.MAX_VALUE)));
        var numbers = new ArrayList<Long>();
        for (long i = 0; i != count; i += count < 0 ? -1 : 1) {
            numbers.add(i);
        }
        return new TypedList(ElementType.INT, numbers);
    }

    private static Object split(Call call) {
        var separator = call.marked(0).reveal();
        var text = call.marked(1);
        var real = text.reveal();
        call.charge(real.length());
        var parts = new LinkedHashMap<String, @Nullable Object>();
        int at = 0;
        while (true) {
            int found = separator.isEmpty() ? nextCharacter(real, at) : real.indexOf(separator, at);
            int end = found < 0 ? real.length() : found;
            if (!separator.isEmpty() || at < real.length()) {
                parts.put("_" + parts.size(), Values.plainWherePossible(text.slice(at, end)));
            }
            if (found < 0) {
                return new TypedMap(ElementType.STRING, parts);
            }
            at = end + separator.length();
        }
    }

    private static int nextCharacter(String text, int at) {
        int next = at < text.length() ? text.offsetByCodePoints(at, 1) : text.length();
        return next < text.length() ? next : -1;
    }

    private static Object join(Call call) {
        var separator = call.marked(0);
        var out = new Marked.Builder();
        boolean first = true;
        var value = call.value(1);
        var elements =
                value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        for (var element : elements) {
            if (element != null) {
                if (!first) {
                    out.append(separator);
                }
                first = false;
                out.append(Texts.of(call, element));
                call.charge(1);
                TextWriter.check(out.length(), call.limits().output());
            }
        }
        return Values.plainWherePossible(out.build());
    }

    private static void making(Map<String, TemplateFunction> all) {
        all.put(
                "dict",
                TemplateFunction.of(
                        new Doc(
                                "dict key value...",
                                "a map of the keys and values; a last key without a value gets an empty text",
                                "{{ dict \"a\" 1 \"b\" 2 }}",
                                "map[a:1 b:2]"),
                        Parameters.of().then(ANY),
                        CollectionFunctions::dict));
        all.put(
                "merge",
                TemplateFunction.of(
                        new Doc(
                                "merge maps...",
                                "a new map of all entries, deeply; the first map that has a value that is not empty wins",
                                "{{ merge (dict \"a\" 1) (dict \"a\" 2 \"b\" 3) }}",
                                "map[a:1 b:3]"),
                        Parameters.of(MAP).then(MAP),
                        CollectionFunctions::merge));
    }

    private static Object dict(Call call) {
        var map = new TreeMap<String, @Nullable Object>();
        for (int i = 0; i < call.count(); i += 2) {
            // A secret as a key would be a mark that is lost, so keys are masked.
            var key = Texts.of(call, call.value(i)).toString();
            map.put(key, i + 1 < call.count() ? call.value(i + 1) : "");
        }
        return Collections.unmodifiableMap(map);
    }

    private static Object merge(Call call) {
        Map<?, ?> merged = call.map(0);
        for (int i = 1; i < call.count(); i++) {
            merged = merged(call, merged, call.map(i), 0);
        }
        return merged;
    }

    private static Map<String, @Nullable Object> merged(
            Call call, Map<?, ?> first, Map<?, ?> second, int depth) {
        if (depth > 100) {
            throw call.error("the maps nest too deeply");
        }
        call.charge((long) first.size() + second.size());
        var out = new TreeMap<String, @Nullable Object>();
        first.forEach((key, value) -> out.put(String.valueOf(key), value));
        for (var key : Values.sortedKeys(second)) {
            var mine = out.get(key);
            var other = second.get(key);
            if (mine instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
                out.put(key, merged(call, a, b, depth + 1));
            } else if (!Values.truth(mine) && (Values.truth(other) || !out.containsKey(key))) {
                out.put(key, other);
            }
        }
        return Collections.unmodifiableMap(out);
    }

    private static void reading(Map<String, TemplateFunction> all) {
        all.put(
                "get",
                TemplateFunction.of(
                        new Doc(
                                "get map key",
                                "the value of the key, or an empty text when the map does not have it",
                                "{{ get (dict \"a\" 1) \"a\" }}",
                                "1"),
                        Parameters.of(TESTED, STRING),
                        CollectionFunctions::entry));
        all.put(
                "hasKey",
                TemplateFunction.of(
                        new Doc(
                                "hasKey map key",
                                "whether the map has the key",
                                "{{ hasKey (dict \"a\" 1) \"b\" }}",
                                "false"),
                        Parameters.of(TESTED, STRING),
                        call -> call.map(0).containsKey(call.text(1))));
        all.put(
                "keys",
                TemplateFunction.of(
                        new Doc(
                                "keys maps...",
                                "the keys of the maps, those of each map in order",
                                "{{ keys (dict \"b\" 1 \"a\" 2) }}",
                                "[a b]"),
                        Parameters.of().then(MAP),
                        CollectionFunctions::keys));
    }

    private static @Nullable Object entry(Call call) {
        var map = call.map(0);
        var key = call.marked(1).reveal();
        var value = map.get(key);
        return value == null && !map.containsKey(key) ? "" : value;
    }

    private static Object keys(Call call) {
        var keys = new ArrayList<String>();
        for (int i = 0; i < call.count(); i++) {
            keys.addAll(Values.sortedKeys(call.map(i)));
        }
        call.charge(keys.size());
        return new TypedList(ElementType.STRING, keys);
    }
}
