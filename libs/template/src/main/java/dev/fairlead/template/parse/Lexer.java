package dev.fairlead.template.parse;

import static dev.fairlead.template.parse.Characters.isAlphaNumeric;
import static dev.fairlead.template.parse.Characters.isDigit;
import static dev.fairlead.template.parse.Characters.isSpace;

import dev.fairlead.template.format.GoQuote;
import org.jspecify.annotations.Nullable;

/// Cuts a template's text into tokens, one at a time. Trim markers and comments end here; the parser never sees them.
final class Lexer {
    private static final int END = -1;

    private final String input;
    private final boolean breakIsKeyword;
    private final boolean continueIsKeyword;
    private int position;
    private int start;
    private int parens;
    private boolean insideAction;

    Lexer(String input, boolean breakIsKeyword, boolean continueIsKeyword) {
        this.input = input;
        this.breakIsKeyword = breakIsKeyword;
        this.continueIsKeyword = continueIsKeyword;
    }

    Token next() {
        return insideAction ? insideAction() : text();
    }

    /// Goes on after the end of the action that an error is in, or at the end of the text when it has none.
    void skipAction() {
        if (insideAction) {
            int end = input.indexOf("}}", position);
            position = end < 0 ? input.length() : end + 2;
            start = position;
            insideAction = false;
        }
    }

    private Token token(TokenKind kind) {
        var token = new Token(kind, start, input.substring(start, position));
        start = position;
        return token;
    }

    private Token error(String message) {
        position = start;
        return new Token(TokenKind.ERROR, start, message);
    }

    private Token text() {
        while (true) {
            int open = input.indexOf("{{", position);
            if (open < 0) {
                position = input.length();
                return token(position > start ? TokenKind.TEXT : TokenKind.END_OF_TEXT);
            }
            boolean trims = isLeftTrimMarker(open + 2);
            int end = trims ? trimmedEnd(open) : open;
            if (end > start) {
                position = end;
                var text = token(TokenKind.TEXT);
                position = open;
                start = open;
                return text;
            }
            int inside = trims ? open + 4 : open + 2;
            if (!input.startsWith("/*", inside)) {
                return leftDelimiter(open, inside);
            }
            start = inside;
            var wrong = comment(inside);
            if (wrong != null) {
                return wrong;
            }
        }
    }

    private Token leftDelimiter(int open, int inside) {
        insideAction = true;
        parens = 0;
        position = inside;
        start = inside;
        return new Token(TokenKind.LEFT_DELIMITER, open, "{{");
    }

    private @Nullable Token comment(int inside) {
        int close = input.indexOf("*/", inside + 2);
        if (close < 0) {
            insideAction = true;
            return error("unclosed comment");
        }
        position = close + 2;
        boolean trims = isRightTrimMarker(position);
        if (!trims && !input.startsWith("}}", position)) {
            insideAction = true;
            return error("comment ends before closing delimiter");
        }
        closeAction(trims);
        return null;
    }

    private void closeAction(boolean trims) {
        position += trims ? 4 : 2;
        if (trims) {
            while (position < input.length() && isSpace(input.charAt(position))) {
                position++;
            }
        }
        start = position;
        insideAction = false;
    }

    private int trimmedEnd(int open) {
        int end = open;
        while (end > start && isSpace(input.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private boolean isLeftTrimMarker(int at) {
        return at + 1 < input.length() && input.charAt(at) == '-' && isSpace(input.charAt(at + 1));
    }

    /// Whether ` -}}` stands there.
    private boolean isRightTrimMarker(int at) {
        return at + 1 < input.length()
                && isSpace(input.charAt(at))
                && input.charAt(at + 1) == '-'
                && input.startsWith("}}", at + 2);
    }

    private int peek() {
        if (position >= input.length()) {
            return END;
        }
        char c = input.charAt(position);
        return Character.isHighSurrogate(c) ? input.codePointAt(position) : c;
    }

    private Token insideAction() {
        boolean trims = isRightTrimMarker(position);
        if (trims || input.startsWith("}}", position)) {
            if (parens > 0) {
                return error("unclosed left paren");
            }
            int at = trims ? position + 2 : position;
            closeAction(trims);
            return new Token(TokenKind.RIGHT_DELIMITER, at, "}}");
        }
        int c = peek();
        if (c == END) {
            return error("unclosed action");
        }
        if (isSpace(c)) {
            return space();
        }
        if (isAlphaNumeric(c) && !isDigit(c)) {
            return word();
        }
        position += Character.charCount(c);
        return switch (c) {
            case '=' -> token(TokenKind.ASSIGN);
            case '|' -> token(TokenKind.PIPE);
            case '"' -> quoted(TokenKind.STRING, '"', "unterminated quoted string");
            case '\'' -> quoted(TokenKind.CHAR_CONSTANT, '\'', "unterminated character constant");
            case '`' -> rawString();
            case '$' -> variable();
            case ':' -> declare();
            case '.' -> dot();
            case '(' -> leftParen();
            case ')' -> rightParen();
            default -> other(c);
        };
    }

    private Token space() {
        while (position < input.length() && isSpace(input.charAt(position))) {
            position++;
        }
        if (isRightTrimMarker(position - 1)) {
            position--;
            if (position == start) {
                return insideAction();
            }
        }
        return token(TokenKind.SPACE);
    }

    private Token declare() {
        if (peek() != '=') {
            return error("expected :=");
        }
        position++;
        return token(TokenKind.DECLARE);
    }

    private Token dot() {
        if (position < input.length() && isDigit(input.charAt(position))) {
            position--;
            return number();
        }
        if (atTerminator()) {
            return token(TokenKind.DOT);
        }
        return named(TokenKind.FIELD);
    }

    private Token variable() {
        return atTerminator() ? token(TokenKind.VARIABLE) : named(TokenKind.VARIABLE);
    }

    private Token named(TokenKind kind) {
        skipAlphaNumeric();
        return atTerminator() ? token(kind) : badCharacter();
    }

    private Token badCharacter() {
        return error("bad character " + Characters.shown(peek()));
    }

    private void skipAlphaNumeric() {
        for (int c = peek(); isAlphaNumeric(c); c = peek()) {
            position += Character.charCount(c);
        }
    }

    private Token leftParen() {
        parens++;
        return token(TokenKind.LEFT_PAREN);
    }

    private Token rightParen() {
        parens--;
        return parens < 0 ? error("unexpected right paren") : token(TokenKind.RIGHT_PAREN);
    }

    private Token other(int c) {
        if (c == '+' || c == '-' || isDigit(c)) {
            position--;
            return number();
        }
        if (c >= ' ' && c < 127) {
            return token(TokenKind.CHAR);
        }
        return error("unrecognized character in action: " + Characters.shown(c));
    }

    private Token word() {
        skipAlphaNumeric();
        if (!atTerminator()) {
            return badCharacter();
        }
        var token = token(TokenKind.IDENTIFIER);
        var kind = kindOf(token.text());
        return kind == TokenKind.IDENTIFIER ? token : new Token(kind, token.start(), token.text());
    }

    private TokenKind kindOf(String word) {
        return switch (word) {
            case "true", "false" -> TokenKind.BOOL;
            case "block" -> TokenKind.BLOCK;
            case "break" -> breakIsKeyword ? TokenKind.BREAK : TokenKind.IDENTIFIER;
            case "continue" -> continueIsKeyword ? TokenKind.CONTINUE : TokenKind.IDENTIFIER;
            case "define" -> TokenKind.DEFINE;
            case "else" -> TokenKind.ELSE;
            case "end" -> TokenKind.END;
            case "if" -> TokenKind.IF;
            case "nil" -> TokenKind.NIL;
            case "range" -> TokenKind.RANGE;
            case "template" -> TokenKind.TEMPLATE;
            case "with" -> TokenKind.WITH;
            default -> TokenKind.IDENTIFIER;
        };
    }

    private boolean atTerminator() {
        int c = peek();
        return switch (c) {
            case END, ' ', '\t', '\r', '\n', '.', ',', '|', ':', ')', '(' -> true;
            default -> input.startsWith("}}", position);
        };
    }

    private Token quoted(TokenKind kind, char quote, String unterminated) {
        while (position < input.length()) {
            char c = input.charAt(position++);
            if (c == quote) {
                return token(kind);
            }
            if (c == '\\') {
                if (position >= input.length() || input.charAt(position) == '\n') {
                    break;
                }
                position++;
            } else if (c == '\n') {
                break;
            }
        }
        return error(unterminated);
    }

    private Token rawString() {
        int end = input.indexOf('`', position);
        if (end < 0) {
            return error("unterminated raw quoted string");
        }
        position = end + 1;
        return token(TokenKind.RAW_STRING);
    }

    private Token number() {
        boolean whole = scanNumber();
        int sign = peek();
        if (whole && (sign == '+' || sign == '-')) {
            // Only a complex number goes on like this, and there are none here.
            scanNumber();
            whole = false;
        }
        if (!whole) {
            return error("bad number syntax: " + GoQuote.quoted(input.substring(start, position)));
        }
        return token(TokenKind.NUMBER);
    }

    private boolean scanNumber() {
        accept("+-");
        var digits = "0123456789_";
        if (accept("0")) {
            if (accept("xX")) {
                digits = "0123456789abcdefABCDEF_";
            } else if (accept("oO")) {
                digits = "01234567_";
            } else if (accept("bB")) {
                digits = "01_";
            }
        }
        acceptRun(digits);
        if (accept(".")) {
            acceptRun(digits);
        }
        boolean decimal = digits.length() == 11;
        boolean hex = digits.length() == 23;
        if ((decimal && accept("eE")) || (hex && accept("pP"))) {
            accept("+-");
            acceptRun("0123456789_");
        }
        accept("i");
        int after = peek();
        if (isAlphaNumeric(after)) {
            position += Character.charCount(after);
            return false;
        }
        return true;
    }

    private boolean accept(String valid) {
        if (position < input.length() && valid.indexOf(input.charAt(position)) >= 0) {
            position++;
            return true;
        }
        return false;
    }

    private void acceptRun(String valid) {
        while (accept(valid)) {
            // the condition does the work
        }
    }
}
