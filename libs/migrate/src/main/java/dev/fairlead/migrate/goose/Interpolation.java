package dev.fairlead.migrate.goose;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Variables in a line, by the rules of the library that goose uses (github.com/mfridman/interpolate): `$NAME`,
/// `${NAME}`, `${NAME:-when empty}`, `${NAME-when unset}`, `${NAME?when required}`, `${NAME:offset:length}`; `$$` and `\$`
/// are a dollar sign, `$(` is left alone.
final class Interpolation {
    /// What a read line consists of.
    private sealed interface Item {
        record Text(String text) implements Item {}

        record Variable(String name) implements Item {}

        /// @param empty whether an empty value is replaced, too
        record Otherwise(String name, boolean empty, List<Item> content) implements Item {}

        record Required(String name, List<Item> message) implements Item {}

        /// In bytes of UTF-8.
        record Slice(String name, long offset, Optional<Long> length) implements Item {}
    }

    /// Why a line cannot be filled in.
    static final class Failure extends Exception {
        Failure(String what) {
            super(what, null, false, false);
        }

        String what() {
            return String.valueOf(getMessage());
        }
    }

    private static final int END = -1;
    private static final int BROKEN = 0xFFFD;

    private final String input;
    private int at;

    private Interpolation(String input) {
        this.input = input;
    }

    /// The line with every variable in place. The whole line is read before anything is put in.
    static String expand(String line, Map<String, String> env) throws Failure {
        if (line.indexOf('$') < 0 && line.indexOf('\\') < 0) {
            return line;
        }
        var out = new StringBuilder();
        write(new Interpolation(line).items(END), env, out);
        return out.toString();
    }

    private static void write(List<Item> items, Map<String, String> env, StringBuilder out)
            throws Failure {
        for (var item : items) {
            switch (item) {
                case Item.Text(var text) -> out.append(text);
                case Item.Variable(var name) -> out.append(env.getOrDefault(name, ""));
                case Item.Otherwise(var name, var empty, var content) -> {
                    var value = env.get(name);
                    if (value == null || (empty && value.isEmpty())) {
                        write(content, env, out);
                    } else {
                        out.append(value);
                    }
                }
                case Item.Required(var name, var message) -> {
                    var value = env.get(name);
                    if (value == null) {
                        var why = new StringBuilder();
                        write(message, env, why);
                        throw new Failure("$" + name + ": " + (why.isEmpty() ? "not set" : why));
                    }
                    out.append(value);
                }
                case Item.Slice slice ->
                        out.append(sliced(env.getOrDefault(slice.name(), ""), slice));
            }
        }
    }

    private static String sliced(String value, Item.Slice slice) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        long size = bytes.length;
        long from =
                Math.clamp(slice.offset() < 0 ? slice.offset() + size : slice.offset(), 0, size);
        long to = size;
        if (slice.length().isPresent()) {
            long length = slice.length().get();
            to = length >= 0 ? from + Math.min(length, size) : Math.max(from, length + size);
        }
        return new String(
                Arrays.copyOfRange(bytes, (int) from, (int) Math.min(to, size)),
                StandardCharsets.UTF_8);
    }

    private List<Item> items(int stop) throws Failure {
        var items = new ArrayList<Item>();
        while (peek() != END && peek() != stop) {
            if (input.startsWith("\\\\", at)) {
                items.add(skipped("\\\\"));
            } else if (input.startsWith("\\$", at) || input.startsWith("$$", at)) {
                items.add(skipped("$"));
            } else if (input.startsWith("$(", at)) {
                items.add(skipped("$("));
            } else if (peek() == '$' && at < input.length() - 1) {
                items.add(expansion());
            } else {
                int start = at;
                next();
                while (peek() != END
                        && peek() != '$'
                        && peek() != '\\'
                        && peek() != stop
                        && peek() != BROKEN) {
                    next();
                }
                items.add(new Item.Text(input.substring(start, at)));
            }
        }
        return items;
    }

    private Item.Text skipped(String text) {
        at += 2;
        return new Item.Text(text);
    }

    private Item expansion() throws Failure {
        next();
        if (peek() != '{') {
            return new Item.Variable(name());
        }
        next();
        var name = name();
        if (peek() == '}') {
            next();
            return new Item.Variable(name);
        }
        var item = operation(name);
        int end = next();
        if (end != '}') {
            throw new Failure("Expected brace expansion to end with }, got " + shown(end));
        }
        return item;
    }

    private Item operation(String name) throws Failure {
        int operator = next();
        return switch (operator) {
            case ':' -> {
                if (peek() == '-') {
                    next();
                    yield new Item.Otherwise(name, true, items('}'));
                }
                yield slice(name);
            }
            case '-' -> new Item.Otherwise(name, false, items('}'));
            case '?' -> new Item.Required(name, items('}'));
            default -> throw new Failure("Expected an operator, got " + shown(operator));
        };
    }

    private Item slice(String name) throws Failure {
        long offset = number("offset", ':');
        if (peek() == '}') {
            return new Item.Slice(name, offset, Optional.empty());
        }
        next();
        return new Item.Slice(name, offset, Optional.of(number("length", '}')));
    }

    private long number(String what, int stop) throws Failure {
        int start = at;
        while (peek() != END && peek() != stop && peek() != '}' && peek() != BROKEN) {
            next();
        }
        var text = GoText.trim(input.substring(start, at));
        var error = GoText.numberError("Atoi", text);
        if (!error.isEmpty()) {
            throw new Failure("Unable to parse " + what + ": " + error);
        }
        return Long.parseLong(text);
    }

    private String name() throws Failure {
        if (peek() == END || !Character.isLetter(peek())) {
            throw new Failure("Expected identifier to start with a letter, got " + shown(peek()));
        }
        int start = at;
        while (peek() != END && isNamePart(peek())) {
            next();
        }
        return input.substring(start, at);
    }

    /// A letter, a number of any sort, or `_`.
    private static boolean isNamePart(int c) {
        return c == '_'
                || Character.isLetter(c)
                || switch (Character.getType(c)) {
                    case Character.DECIMAL_DIGIT_NUMBER,
                            Character.LETTER_NUMBER,
                            Character.OTHER_NUMBER ->
                            true;
                    default -> false;
                };
    }

    private int peek() {
        return at < input.length() ? input.codePointAt(at) : END;
    }

    private int next() {
        int c = peek();
        at += c == END ? 0 : Character.charCount(c);
        return c;
    }

    /// As `%c` prints it: the end of the text is no character.
    private static String shown(int c) {
        return Character.toString(c == END ? BROKEN : c);
    }
}
