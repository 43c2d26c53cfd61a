package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.sql.Token.Kind;

/// Reads one token after the other by the rules of PostgreSQL's own lexer (src/backend/parser/scan.l of 15 to 18, with
/// standard_conforming_strings on).
///
/// What the server's lexer refuses (`1a`, a `$` alone) is a token here too: the server says it better. Only what has no
/// end is a problem.
final class Lexer {
    private static final String OPERATOR = "~!@#^&|`?+-*/%<>=";

    /// An operator of several characters may end in + or - only when one of these is in it.
    private static final String FREES_PLUS_AND_MINUS = "~!@#^&|`?%";

    private final Source source;
    private final String text;
    private final Quotes quotes;
    private int at;
    private Run run = new Run(0, -1, 0);

    /// Characters of operators, one after the other.
    ///
    /// @param end where they end, or a comment begins
    /// @param lastFreeing the last of those that free plus and minus, or -1
    /// @param tail from where on there are only plus and minus
    private record Run(int end, int lastFreeing, int tail) {}

    Lexer(Source source) {
        this.source = source;
        this.text = source.text();
        this.quotes = new Quotes(source);
    }

    int at() {
        return at;
    }

    void moveTo(int offset) {
        at = offset;
    }

    boolean atEnd() {
        return at >= text.length();
    }

    /// The character that comes next; there is one.
    char peek() {
        return text.charAt(at);
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    /// Passes white space and comments.
    ///
    /// @param withinLine whether to stop before a line feed
    void skipBlank(boolean withinLine) {
        while (!atEnd()) {
            char c = peek();
            if (c == '\n' && withinLine) {
                return;
            }
            if (isSpace(c)) {
                at++;
            } else if (c == '-' && charAt(at + 1) == '-') {
                at = lineEnd(text, at);
            } else if (c == '/' && charAt(at + 1) == '*') {
                at = commentEnd();
            } else {
                return;
            }
        }
    }

    private int commentEnd() {
        int depth = 0;
        int i = at;
        while (i + 1 < text.length()) {
            char c = text.charAt(i);
            char next = text.charAt(i + 1);
            if (c == '/' && next == '*') {
                depth++;
                i += 2;
            } else if (c == '*' && next == '/') {
                depth--;
                i += 2;
                if (depth == 0) {
                    return i;
                }
            } else {
                i++;
            }
        }
        throw Problem.error(
                        SqlCode.SQL_UNTERMINATED_COMMENT,
                        source.at(at),
                        "this comment never ends"
                                + (depth > 1
                                        ? "; " + depth + " comments are open, one in the other"
                                        : ""))
                .thrown();
    }

    /// The token that begins here. Nothing blank lies before it, and the text has not ended.
    Token next() {
        int start = at;
        char c = peek();
        if (quotes.beginHere(at)) {
            return quotes.read(at, this);
        }
        if (isIdentifierStart(c)) {
            return word(start);
        }
        if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)))) {
            return token(Kind.NUMBER, start, numberEnd());
        }
        if (c == '$' && isDigit(charAt(at + 1))) {
            return token(Kind.PARAMETER, start, wordEnd(at + 1));
        }
        if (OPERATOR.indexOf(c) >= 0) {
            return token(Kind.SYMBOL, start, operatorEnd());
        }
        return token(Kind.SYMBOL, start, symbolEnd());
    }

    private Token token(Kind kind, int start, int end) {
        at = end;
        return new Token(kind, start, end, text.substring(start, end));
    }

    private Token word(int start) {
        at = wordEnd(start);
        return new Token(Kind.WORD, start, at, lower(text.substring(start, at)));
    }

    private int wordEnd(int from) {
        int i = from;
        while (i < text.length() && isIdentifierPart(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private int digits(int from) {
        int i = from;
        while (isDigit(charAt(i)) || (charAt(i) == '_' && isDigit(charAt(i + 1)))) {
            i++;
        }
        return i;
    }

    /// `1_000`, `1.5e-3`, `.5`, `0x1F`; in `1..10` the number ends before the dots. Letters that stick to it belong to it.
    private int numberEnd() {
        int i = digits(at);
        if (charAt(i) == '.' && charAt(i + 1) != '.') {
            i = digits(i + 1);
        }
        if (charAt(i) == 'e' || charAt(i) == 'E') {
            char sign = charAt(i + 1);
            if ((sign == '+' || sign == '-') && isDigit(charAt(i + 2))) {
                i = digits(i + 2);
            }
        }
        return isIdentifierStart(charAt(i)) ? wordEnd(i) : i;
    }

    private int operatorEnd() {
        if (at >= run.end) {
            run = run();
        }
        return at <= run.lastFreeing ? run.end : Math.max(at + 1, run.tail);
    }

    /// Read once for all operators in it: read again for each, a long row of plus and minus would take quadratic time.
    private Run run() {
        int end = at;
        int lastFreeing = -1;
        int tail = at;
        while (end < text.length() && OPERATOR.indexOf(text.charAt(end)) >= 0) {
            if (end > at && beginsComment(end)) {
                break;
            }
            char c = text.charAt(end);
            if (FREES_PLUS_AND_MINUS.indexOf(c) >= 0) {
                lastFreeing = end;
            }
            end++;
            tail = c == '+' || c == '-' ? tail : end;
        }
        return new Run(end, lastFreeing, tail);
    }

    private boolean beginsComment(int index) {
        char c = text.charAt(index);
        char next = charAt(index + 1);
        return (c == '-' && next == '-') || (c == '/' && next == '*');
    }

    private int symbolEnd() {
        char c = peek();
        char next = charAt(at + 1);
        boolean pair = (c == ':' && (next == ':' || next == '=')) || (c == '.' && next == '.');
        return at + (pair ? 2 : Character.charCount(text.codePointAt(at)));
    }

    /// The offset of the line break that ends the line of `from`, or of the text's end.
    static int lineEnd(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
            i++;
        }
        return i;
    }

    /// Folded as PostgreSQL folds in UTF-8: the letters of ASCII alone.
    static String lower(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (isUpper(word.charAt(i))) {
                var folded = word.toCharArray();
                for (int j = i; j < folded.length; j++) {
                    if (isUpper(folded[j])) {
                        folded[j] = (char) (folded[j] + ('a' - 'A'));
                    }
                }
                return new String(folded);
            }
        }
        return word;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isIdentifierStart(char c) {
        return (c >= 'a' && c <= 'z') || isUpper(c) || c == '_' || c >= 0x80;
    }

    static boolean isIdentifierPart(char c) {
        return isIdentifierStart(c) || isDigit(c) || c == '$';
    }
}
