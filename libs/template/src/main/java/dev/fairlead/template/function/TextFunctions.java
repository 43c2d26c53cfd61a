package dev.fairlead.template.function;

import static dev.fairlead.template.TemplateFunction.Kind.ANY;
import static dev.fairlead.template.TemplateFunction.Kind.INT;
import static dev.fairlead.template.TemplateFunction.Kind.STRING;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.Call;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.TemplateFunction.Doc;
import dev.fairlead.template.TemplateFunction.Parameters;
import dev.fairlead.template.format.Escapes;
import dev.fairlead.template.format.GoQuote;
import dev.fairlead.template.value.Values;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The functions of the `fairlead` profile that make one text of another.
final class TextFunctions {
    private TextFunctions() {}

    static void addTo(Map<String, TemplateFunction> all) {
        quoting(all);
        indenting(all);
        trimming(all);
        changing(all);
        shortening(all);
        testing(all);
    }

    private static void quoting(Map<String, TemplateFunction> all) {
        all.put(
                "quote",
                TemplateFunction.of(
                        new Doc(
                                "quote values...",
                                "each value in double quotes, with Go's escapes; nil is left out",
                                "{{ quote \"a\\nb\" 1 }}",
                                "\"a\\nb\" \"1\""),
                        Parameters.of().then(ANY),
                        call -> quoted(call, Quoting::doubled)));
        all.put(
                "squote",
                TemplateFunction.of(
                        new Doc(
                                "squote values...",
                                "each value in single quotes, as it is; nil is left out",
                                "{{ squote \"a\" true }}",
                                "'a' 'true'"),
                        Parameters.of().then(ANY),
                        call -> quoted(call, Quoting::single)));
    }

    private static Object quoted(Call call, UnaryOperator<Marked> how) {
        var out = new Marked.Builder();
        for (var value : Builtins.values(call, 0)) {
            if (value != null) {
                out.append(out.length() > 0 ? " " : "");
                out.append(how.apply(Texts.of(call, value)));
            }
        }
        return Values.plainWherePossible(out.build());
    }

    /// Quotes stay plain, so that masked output is still well-formed.
    private static final class Quoting {
        static Marked doubled(Marked text) {
            var inside = Escapes.each(text, Quoting::escaped);
            return new Marked.Builder().append("\"").append(inside).append("\"").build();
        }

        static Marked single(Marked text) {
            return new Marked.Builder().append("'").append(text).append("'").build();
        }

        private static String escaped(String text) {
            var quoted = GoQuote.quoted(text);
            return quoted.substring(1, quoted.length() - 1);
        }
    }

    private static void indenting(Map<String, TemplateFunction> all) {
        all.put(
                "indent",
                TemplateFunction.of(
                        new Doc(
                                "indent spaces text",
                                "puts that many spaces in front of each line",
                                "{{ \"a\\nb\" | indent 2 }}",
                                "  a\n  b"),
                        Parameters.of(INT, STRING),
                        call -> indented(call, false)));
        all.put(
                "nindent",
                TemplateFunction.of(
                        new Doc(
                                "nindent spaces text",
                                "a line break, then as indent",
                                "a:{{ \"b: 1\\nc: 2\" | nindent 2 }}",
                                "a:\n  b: 1\n  c: 2"),
                        Parameters.of(INT, STRING),
                        call -> indented(call, true)));
    }

    private static Object indented(Call call, boolean onNewLine) {
        long width = call.integer(0);
        if (width < 0 || width > 1_000) {
            throw call.error("cannot indent by " + width);
        }
        var pad = " ".repeat((int) width);
        var text = call.marked(1);
        call.charge(text.reveal().length() / 16);
        var padded = Texts.replaced(call, text, "\n", Marked.plain("\n" + pad));
        var out = new Marked.Builder().append(onNewLine ? "\n" : "").append(pad).append(padded);
        var original = call.value(1);
        var result = Values.plainWherePossible(out.build());
        return original == null ? result : call.sameLines(original, result, onNewLine ? 1 : 0);
    }

    private static void trimming(Map<String, TemplateFunction> all) {
        all.put(
                "trim",
                TemplateFunction.of(
                        new Doc(
                                "trim text",
                                "cuts white space off both ends",
                                "{{ trim \"  a b \" }}",
                                "a b"),
                        Parameters.of(STRING),
                        call -> Values.plainWherePossible(Texts.trimmed(call.marked(0)))));
        all.put(
                "trimPrefix",
                TemplateFunction.of(
                        new Doc(
                                "trimPrefix prefix text",
                                "cuts the prefix off, when the text starts with it",
                                "{{ \"v1.2\" | trimPrefix \"v\" }}",
                                "1.2"),
                        Parameters.of(STRING, STRING),
                        TextFunctions::withoutPrefix));
        all.put(
                "trimSuffix",
                TemplateFunction.of(
                        new Doc(
                                "trimSuffix suffix text",
                                "cuts the suffix off, when the text ends with it",
                                "{{ \"web-\" | trimSuffix \"-\" }}",
                                "web"),
                        Parameters.of(STRING, STRING),
                        TextFunctions::withoutSuffix));
    }

    private static Object withoutPrefix(Call call) {
        var prefix = call.marked(0).reveal();
        var text = call.marked(1);
        var real = text.reveal();
        var part = real.startsWith(prefix) ? text.slice(prefix.length(), real.length()) : text;
        return Values.plainWherePossible(part);
    }

    private static Object withoutSuffix(Call call) {
        var suffix = call.marked(0).reveal();
        var text = call.marked(1);
        var real = text.reveal();
        var part = real.endsWith(suffix) ? text.slice(0, real.length() - suffix.length()) : text;
        return Values.plainWherePossible(part);
    }

    private static void changing(Map<String, TemplateFunction> all) {
        all.put(
                "upper",
                TemplateFunction.of(
                        new Doc("upper text", "in capital letters", "{{ upper \"abc\" }}", "ABC"),
                        Parameters.of(STRING),
                        call -> Texts.each(call, 0, text -> text.toUpperCase(Locale.ROOT))));
        all.put(
                "lower",
                TemplateFunction.of(
                        new Doc("lower text", "in small letters", "{{ lower \"ABC\" }}", "abc"),
                        Parameters.of(STRING),
                        call -> Texts.each(call, 0, text -> text.toLowerCase(Locale.ROOT))));
        all.put(
                "replace",
                TemplateFunction.of(
                        new Doc(
                                "replace old new text",
                                "puts new wherever old stands",
                                "{{ \"a/b/c\" | replace \"/\" \"-\" }}",
                                "a-b-c"),
                        Parameters.of(STRING, STRING, STRING),
                        call ->
                                Values.plainWherePossible(
                                        Texts.replaced(
                                                call,
                                                call.marked(2),
                                                call.marked(0).reveal(),
                                                call.marked(1)))));
    }

    private static void shortening(Map<String, TemplateFunction> all) {
        all.put(
                "truncate",
                TemplateFunction.of(
                        new Doc(
                                "truncate length text",
                                "the first characters of the text, at most that many",
                                "{{ \"feature-branch\" | truncate 7 }}",
                                "feature"),
                        Parameters.of(INT, STRING),
                        TextFunctions::truncated));
        all.put(
                "slug",
                TemplateFunction.of(
                        new Doc(
                                "slug text",
                                "as a DNS label: small letters, digits and single hyphens, at most 63 of them",
                                "{{ slug \"Feature/Add login_form!\" }}",
                                "feature-add-login-form"),
                        Parameters.of(STRING),
                        call -> Texts.slug(call.text(0))));
    }

    private static Object truncated(Call call) {
        long length = call.integer(0);
        if (length < 0) {
            throw call.error("cannot truncate to " + length + " characters");
        }
        var text = call.marked(1);
        var real = text.reveal();
        if (real.codePointCount(0, real.length()) <= length) {
            return Values.plainWherePossible(text);
        }
        return Values.plainWherePossible(text.slice(0, real.offsetByCodePoints(0, (int) length)));
    }

    private static void testing(Map<String, TemplateFunction> all) {
        all.put(
                "contains",
                TemplateFunction.of(
                        new Doc(
                                "contains part text",
                                "whether the part stands in the text",
                                "{{ \"backend\" | contains \"end\" }}",
                                "true"),
                        Parameters.of(STRING, STRING),
                        call -> call.text(1).contains(call.text(0))));
        all.put(
                "hasPrefix",
                TemplateFunction.of(
                        new Doc(
                                "hasPrefix prefix text",
                                "whether the text starts with the prefix",
                                "{{ \"v1.2\" | hasPrefix \"v\" }}",
                                "true"),
                        Parameters.of(STRING, STRING),
                        call -> call.text(1).startsWith(call.text(0))));
        all.put(
                "hasSuffix",
                TemplateFunction.of(
                        new Doc(
                                "hasSuffix suffix text",
                                "whether the text ends with the suffix",
                                "{{ \"v1.2\" | hasSuffix \".3\" }}",
                                "false"),
                        Parameters.of(STRING, STRING),
                        call -> call.text(1).endsWith(call.text(0))));
    }
}
