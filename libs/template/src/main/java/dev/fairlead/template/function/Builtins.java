package dev.fairlead.template.function;

import static dev.fairlead.template.TemplateFunction.Kind.ANY;
import static dev.fairlead.template.TemplateFunction.Kind.RAW;
import static dev.fairlead.template.TemplateFunction.Kind.STRING;
import static dev.fairlead.template.TemplateFunction.Kind.TESTED;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.Call;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.TemplateFunction.Doc;
import dev.fairlead.template.TemplateFunction.Parameters;
import dev.fairlead.template.format.Escapes;
import dev.fairlead.template.format.GoPrinter;
import dev.fairlead.template.value.NoValue;
import dev.fairlead.template.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Go's predeclared functions, and `include`.
public final class Builtins {
    private static final Parameters ANYTHING = Parameters.of().then(ANY);

    private Builtins() {}

    public static Map<String, TemplateFunction> all() {
        var all = new TreeMap<String, TemplateFunction>();
        all.put("and", Special.AND);
        all.put("or", Special.OR);
        all.put("call", Special.CALL);
        all.put(
                "not",
                TemplateFunction.of(Parameters.of(TESTED), call -> !Values.truth(call.value(0))));
        all.put("len", TemplateFunction.of(Parameters.of(RAW), Builtins::length));
        all.put("index", TemplateFunction.of(Parameters.of(RAW).then(RAW), Indexing::index));
        all.put("slice", TemplateFunction.of(Parameters.of(RAW).then(RAW), Indexing::slice));
        all.put("print", printing(GoPrinter::print));
        all.put("println", printing(GoPrinter::println));
        all.put("printf", TemplateFunction.of(Parameters.of(STRING).then(ANY), Builtins::printf));
        all.put("html", escaping(Escapes::html));
        all.put("js", escaping(Escapes::js));
        all.put("urlquery", escaping(Escapes::urlQuery));
        comparisons(all);
        all.put("include", INCLUDE);
        return all;
    }

    private static void comparisons(Map<String, TemplateFunction> all) {
        var two = Parameters.of(RAW, RAW);
        all.put("eq", TemplateFunction.of(Parameters.of(RAW).then(RAW), Comparison::equal));
        all.put("ne", TemplateFunction.of(two, call -> !Comparison.equal(call)));
        all.put("lt", TemplateFunction.of(two, Comparison::less));
        all.put("le", TemplateFunction.of(two, Comparison::lessOrEqual));
        all.put("gt", TemplateFunction.of(two, call -> !Comparison.lessOrEqual(call)));
        all.put("ge", TemplateFunction.of(two, call -> !Comparison.less(call)));
    }

    private static final TemplateFunction INCLUDE =
            TemplateFunction.of(
                    new Doc(
                            "include name data",
                            "renders the template of that name with the data and gives its text, so that it can be"
                                    + " piped on",
                            "{{define \"greeting\"}}hello {{.}}{{end}}{{include \"greeting\" \"you\" | upper}}",
                            "HELLO YOU"),
                    Parameters.of(STRING, ANY),
                    call -> call.include(call.text(0), call.value(1)));

    static List<@Nullable Object> values(Call call, int from) {
        var values = new ArrayList<@Nullable Object>(call.count());
        for (int i = from; i < call.count(); i++) {
            values.add(call.value(i));
        }
        return values;
    }

    private static TemplateFunction printing(BiConsumer<GoPrinter, List<@Nullable Object>> how) {
        return TemplateFunction.of(
                ANYTHING,
                call -> {
                    var text = Texts.writer(call);
                    how.accept(new GoPrinter(text), values(call, 0));
                    return text.value();
                });
    }

    private static Object printf(Call call) {
        var text = Texts.writer(call);
        new GoPrinter(text).printf(call.marked(0), values(call, 1));
        return text.value();
    }

    private static TemplateFunction escaping(UnaryOperator<String> escape) {
        return TemplateFunction.of(
                ANYTHING,
                call -> {
                    var text = Texts.writer(call);
                    if (call.count() == 1 && call.value(0) == null) {
                        text.append("<no value>");
                    } else {
                        new GoPrinter(text).print(orNoValue(values(call, 0)));
                    }
                    return Values.plainWherePossible(Escapes.each(text.marked(), escape));
                });
    }

    /// These functions show a nil as an action does.
    private static List<@Nullable Object> orNoValue(List<@Nullable Object> values) {
        values.replaceAll(value -> value == null ? "<no value>" : value);
        return values;
    }

    private static Object length(Call call) {
        var value = call.value(0);
        if (value == null) {
            throw call.error("len of nil pointer");
        }
        return switch (value) {
            case String text -> (long) bytes(text);
            case Marked text -> (long) bytes(text.reveal());
            case Map<?, ?> map -> (long) map.size();
            case List<?> list -> (long) list.size();
            case NoValue _ -> throw call.error("reflect: call of reflect.Value.Type on zero Value");
            default -> throw call.error("len of type " + Values.typeName(value));
        };
    }

    /// The length of a text in UTF-8.
    private static int bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 128) {
                return text.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return text.length();
    }
}
