package dev.fairlead.template;

import dev.fairlead.template.TemplateFunction.Kind;
import dev.fairlead.template.TemplateFunction.Parameters;
import dev.fairlead.template.value.ElementType;
import dev.fairlead.template.value.TypedList;
import dev.fairlead.template.value.TypedMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads the data of the cases: JSON, with `{"$t": TYPE, "v": ...}` for typed maps and lists and `{"$fn": NAME}` for
/// functions, as the Go program reads them.
final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    static @Nullable Object read(String text) {
        return new Json(text).value();
    }

    static String quoted(String text) {
        var out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > 126) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private char peek() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.charAt(at);
    }

    private @Nullable Object value() {
        return switch (peek()) {
            case '{' -> special(map());
            case '[' -> list();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        at += word.length();
        return value;
    }

    private Object number() {
        int from = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        var digits = text.substring(from, at);
        if (digits.matches("-?[0-9]+")) {
            return Long.valueOf(digits);
        }
        return Double.valueOf(digits);
    }

    private String string() {
        var out = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = text.charAt(++at);
            switch (escape) {
                case 'n' -> out.append('\n');
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'b' -> out.append('\b');
                case 'f' -> out.append('\f');
                case 'u' -> {
                    out.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                    at += 4;
                }
                default -> out.append(escape);
            }
        }
        at++;
        return out.toString();
    }

    private List<@Nullable Object> list() {
        var list = new ArrayList<@Nullable Object>();
        at++;
        while (peek() != ']') {
            list.add(value());
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return list;
    }

    private Map<String, @Nullable Object> map() {
        var map = new LinkedHashMap<String, @Nullable Object>();
        at++;
        while (peek() != '}') {
            var key = string();
            if (peek() == ':') {
                at++;
            }
            map.put(key, value());
            if (peek() == ',') {
                at++;
            }
        }
        at++;
        return map;
    }

    @SuppressWarnings("unchecked")
    private static Object special(Map<String, @Nullable Object> map) {
        if (map.get("$fn") instanceof String name) {
            return function(name);
        }
        if (!(map.get("$t") instanceof String type)) {
            return map;
        }
        var of = Objects.requireNonNull(map.get("v"));
        return type.startsWith("[]")
                ? new TypedList(type(type.substring(2)), (List<@Nullable Object>) of)
                : new TypedMap(
                        type(type.substring("map[string]".length())),
                        (Map<String, @Nullable Object>) of);
    }

    private static ElementType type(String name) {
        return switch (name) {
            case "string" -> ElementType.STRING;
            case "int" -> ElementType.INT;
            case "float64" -> ElementType.FLOAT;
            case "bool" -> ElementType.BOOL;
            default -> ElementType.mapOf(type(name.substring("map[string]".length())));
        };
    }

    private static TemplateFunction function(String name) {
        if (name.equals("greet")) {
            return TemplateFunction.of(
                    Parameters.of(Kind.ANY),
                    call -> "hello " + Objects.requireNonNullElse(call.value(0), "<nil>"));
        }
        return TemplateFunction.of(Parameters.of().then(Kind.ANY), call -> (long) call.count());
    }
}
