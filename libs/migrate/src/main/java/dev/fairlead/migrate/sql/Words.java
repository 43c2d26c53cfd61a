package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Token.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A reader over the tokens of a statement, or of a part of one.
final class Words {
    /// PostgreSQL cuts every identifier to so many bytes (NAMEDATALEN - 1).
    private static final int LONGEST_NAME = 63;

    private static final Token END = new Token(Kind.SYMBOL, 0, 0, "");

    private final String text;
    private final List<Token> tokens;
    private int at;

    Words(String text, List<Token> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /// The text is no statement that a rule can read; the server will say what is wrong with it.
    static final class Unreadable extends RuntimeException {
        Unreadable() {
            super("not readable", null, false, false);
        }
    }

    /// The text that the tokens are of.
    String source() {
        return text;
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
    }

    Token next() {
        var token = peek();
        at++;
        return token;
    }

    void skip(int count) {
        at += count;
    }

    /// Whether these words come next.
    boolean is(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /// Whether one of these words comes next.
    boolean isAny(String... words) {
        for (var word : words) {
            if (peek().is(word)) {
                return true;
            }
        }
        return false;
    }

    boolean isSymbol(String symbol) {
        return peek().kind() == Kind.SYMBOL && peek().value().equals(symbol);
    }

    /// Passes these words if they come next.
    boolean take(String... words) {
        if (!is(words)) {
            return false;
        }
        at += words.length;
        return true;
    }

    boolean takeAny(String... words) {
        if (!isAny(words)) {
            return false;
        }
        at++;
        return true;
    }

    boolean takeSymbol(String symbol) {
        if (!isSymbol(symbol)) {
            return false;
        }
        at++;
        return true;
    }

    boolean isIdentifier() {
        return peek().kind() == Kind.WORD || peek().kind() == Kind.QUOTED_IDENTIFIER;
    }

    /// A plain name, cut as the server cuts it.
    String identifier() {
        if (!isIdentifier()) {
            throw new Unreadable();
        }
        return cut(next().value());
    }

    /// `name`, `schema.name`, `database.schema.name`.
    ObjectName name() {
        var parts = parts();
        int last = parts.size() - 1;
        return new ObjectName(
                last == 0 ? Optional.empty() : Optional.of(parts.get(last - 1)), parts.get(last));
    }

    /// A dotted name, part by part.
    List<String> parts() {
        var parts = new ArrayList<String>();
        parts.add(identifier());
        while (isSymbol(".")) {
            at++;
            parts.add(identifier());
        }
        return parts;
    }

    /// `[ONLY] name [*]`
    ObjectName relation() {
        if (take("only") && takeSymbol("(")) {
            var name = name();
            takeSymbol(")");
            return name;
        }
        var name = name();
        takeSymbol("*");
        return name;
    }

    /// The tokens inside of the parentheses that begin here; none when no parenthesis does.
    Words group() {
        if (!takeSymbol("(")) {
            return new Words(text, List.of());
        }
        int from = at;
        int depth = 1;
        while (!atEnd() && depth > 0) {
            depth += step();
        }
        return new Words(text, tokens.subList(from, depth == 0 ? at - 1 : at));
    }

    /// Passes one token; how much deeper it leads.
    private int step() {
        var token = next();
        if (token.kind() != Kind.SYMBOL) {
            return 0;
        }
        return switch (token.value()) {
            case "(", "[" -> 1;
            case ")", "]" -> -1;
            default -> 0;
        };
    }

    /// Everything up to the next comma outside of parentheses, and passes that comma.
    Words item() {
        int from = at;
        int depth = 0;
        while (!atEnd()) {
            if (depth == 0 && isSymbol(",")) {
                at++;
                return new Words(text, tokens.subList(from, at - 1));
            }
            depth += step();
        }
        return new Words(text, tokens.subList(from, tokens.size()));
    }

    /// Everything up to the first of these words outside of parentheses, which stays.
    Words until(String... stops) {
        int from = at;
        int depth = 0;
        while (!atEnd() && (depth > 0 || !isAny(stops))) {
            depth += step();
        }
        return new Words(text, tokens.subList(from, at));
    }

    Words rest() {
        var rest = new Words(text, tokens.subList(Math.min(at, tokens.size()), tokens.size()));
        at = tokens.size();
        return rest;
    }

    /// What is left, from here; nothing is passed.
    List<Token> left() {
        return tokens.subList(Math.min(at, tokens.size()), tokens.size());
    }

    /// Whether these words stand somewhere in what is left, outside of parentheses.
    boolean has(String... words) {
        var copy = new Words(text, left());
        int depth = 0;
        while (!copy.atEnd()) {
            if (depth == 0 && copy.is(words)) {
                return true;
            }
            depth += copy.step();
        }
        return false;
    }

    /// As written.
    String written() {
        var left = left();
        return left.isEmpty() ? "" : text.substring(left.getFirst().start(), left.getLast().end());
    }

    /// The tokens with one space between them, plain words in upper case.
    String upper() {
        var out = new StringBuilder();
        for (var token : left()) {
            out.append(out.isEmpty() ? "" : " ")
                    .append(
                            token.kind() == Kind.WORD
                                    ? token.value().toUpperCase(Locale.ROOT)
                                    : text.substring(token.start(), token.end()));
        }
        return out.toString();
    }

    private static String cut(String name) {
        if (name.length() * 3 <= LONGEST_NAME) {
            return name;
        }
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= LONGEST_NAME) {
            return name;
        }
        int end = LONGEST_NAME;
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }
}
