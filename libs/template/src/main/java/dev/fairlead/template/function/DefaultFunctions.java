package dev.fairlead.template.function;

import static dev.fairlead.template.TemplateFunction.Kind.ANY;
import static dev.fairlead.template.TemplateFunction.Kind.BOOL;
import static dev.fairlead.template.TemplateFunction.Kind.STRING;
import static dev.fairlead.template.TemplateFunction.Kind.TESTED;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.Call;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.TemplateFunction.Doc;
import dev.fairlead.template.TemplateFunction.Parameters;
import dev.fairlead.template.value.Basic;
import dev.fairlead.template.value.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions of the `fairlead` profile that choose, test and convert values.
final class DefaultFunctions {
    private DefaultFunctions() {}

    static void addTo(Map<String, TemplateFunction> all) {
        choosing(all);
        all.put(
                "required",
                TemplateFunction.of(
                        new Doc(
                                "required message value",
                                "the value; an error with the message when it is absent, nil or an empty text",
                                "{{ \"eu\" | required \"a region is needed\" }}",
                                "eu"),
                        Parameters.of(STRING, TESTED),
                        DefaultFunctions::required));
        all.put(
                "ternary",
                TemplateFunction.of(
                        new Doc(
                                "ternary then else condition",
                                "then when the condition is true, otherwise else",
                                "{{ true | ternary \"on\" \"off\" }}",
                                "on"),
                        Parameters.of(ANY, ANY, BOOL),
                        call -> call.flag(2) ? call.value(0) : call.value(1)));
        converting(all);
    }

    private static void choosing(Map<String, TemplateFunction> all) {
        all.put(
                "default",
                TemplateFunction.of(
                        new Doc(
                                "default fallback value",
                                "the value, or the fallback when the value is absent or empty",
                                "{{ \"\" | default \"latest\" }}",
                                "latest"),
                        Parameters.of(TESTED).then(TESTED),
                        call ->
                                call.count() > 1 && Values.truth(call.value(1))
                                        ? call.value(1)
                                        : call.value(0)));
        all.put(
                "coalesce",
                TemplateFunction.of(
                        new Doc(
                                "coalesce values...",
                                "the first value that is neither absent nor empty",
                                "{{ coalesce \"\" 0 \"x\" \"y\" }}",
                                "x"),
                        Parameters.of().then(TESTED),
                        call ->
                                Builtins.values(call, 0).stream()
                                        .filter(Values::truth)
                                        .findFirst()
                                        .orElse(null)));
        all.put(
                "empty",
                TemplateFunction.of(
                        new Doc(
                                "empty value",
                                "whether the value is absent, nil, false, 0, or an empty text, list or map",
                                "{{ empty list }}",
                                "true"),
                        Parameters.of(TESTED),
                        call -> !Values.truth(call.value(0))));
    }

    private static @Nullable Object required(Call call) {
        var value = call.value(1);
        if (value == null || (Basic.of(value) == Basic.STRING && Values.text(value).isEmpty())) {
            throw call.error(call.marked(0).toString());
        }
        return value;
    }

    private static void converting(Map<String, TemplateFunction> all) {
        all.put(
                "int",
                TemplateFunction.of(
                        new Doc(
                                "int value",
                                "the value as a whole number; 0 for what is none",
                                "{{ int \"42\" }} {{ int 3.9 }}",
                                "42 3"),
                        Parameters.of(ANY),
                        DefaultFunctions::integer));
        all.put(
                "toString",
                TemplateFunction.of(
                        new Doc(
                                "toString value",
                                "the value as a text, as %v prints it",
                                "{{ toString 1.50 | printf \"%q\" }}",
                                "\"1.5\""),
                        Parameters.of(ANY),
                        call -> Values.plainWherePossible(Texts.of(call, call.value(0)))));
        all.put(
                "kindIs",
                TemplateFunction.of(
                        new Doc(
                                "kindIs kind value",
                                "whether the value is of that kind: string, int, float64, bool, map, slice, invalid",
                                "{{ kindIs \"map\" dict }} {{ kindIs \"int\" 1.0 }}",
                                "true false"),
                        Parameters.of(STRING, ANY),
                        call -> kind(call.value(1)).equals(call.text(0))));
    }

    private static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "invalid";
            case Map<?, ?> _ -> "map";
            case List<?> _ -> "slice";
            case TemplateFunction _ -> "func";
            case Duration _ -> "int64";
            case Instant _ -> "struct";
            default -> Values.typeName(value);
        };
    }

    private static long integer(Call call) {
        return switch (call.value(0)) {
            case Marked text when text.hasSecret() ->
                    throw call.error(text + " would be a number, which has no mark");
            case Long number -> number;
            case Integer number -> number;
            case Double number -> (long) (double) number;
            case Boolean flag -> flag ? 1 : 0;
            case String text -> parsed(text);
            case Marked text -> parsed(text.reveal());
            case null, default -> 0;
        };
    }

    private static long parsed(String text) {
        var digits = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
        int base = digits.startsWith("0x") || digits.startsWith("0X") ? 16 : 10;
        try {
            long size =
                    base == 16 ? Long.parseLong(digits.substring(2), base) : Long.parseLong(digits);
            return text.startsWith("-") ? -size : size;
        } catch (NumberFormatException notANumber) {
            return 0;
        }
    }
}
