package dev.fairlead.migrate.lint;

import dev.fairlead.migrate.sql.Token;
import java.util.ArrayList;
import java.util.List;

/// Questions to the tokens of a statement.
final class Words {
    private Words() {}

    /// Whether these words stand at a position; a symbol counts as its own word.
    static boolean at(List<Token> tokens, int position, String... words) {
        if (position < 0 || position + words.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            var token = tokens.get(position + i);
            boolean word = token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.SYMBOL;
            if (!word || !token.value().equals(words[i])) {
                return false;
            }
        }
        return true;
    }

    /// The first position from `from` on where these words stand one after the other; -1 when there is none.
    static int find(List<Token> tokens, int from, String... words) {
        for (int i = from; i + words.length <= tokens.size(); i++) {
            if (at(tokens, i, words)) {
                return i;
            }
        }
        return -1;
    }

    static boolean isName(Token token) {
        return token.kind() == Token.Kind.WORD || token.kind() == Token.Kind.QUOTED_IDENTIFIER;
    }

    /// The position of the bracket that closes the one at `open`; the end when none does.
    static int close(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            if (at(tokens, i, "(")) {
                depth++;
            } else if (at(tokens, i, ")") && --depth == 0) {
                return i;
            }
        }
        return tokens.size();
    }

    /// The parts between commas outside brackets.
    static List<List<Token>> parts(List<Token> tokens) {
        var parts = new ArrayList<List<Token>>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (at(tokens, i, "(")) {
                depth++;
            } else if (at(tokens, i, ")")) {
                depth--;
            } else if (depth == 0 && at(tokens, i, ",")) {
                parts.add(tokens.subList(start, i));
                start = i + 1;
            }
        }
        if (start < tokens.size()) {
            parts.add(tokens.subList(start, tokens.size()));
        }
        return parts;
    }
}
