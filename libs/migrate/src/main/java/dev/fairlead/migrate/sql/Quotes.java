package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.sql.Token.Kind;

/// Everything that stands in quotes: strings of all forms, dollar quotes, quoted identifiers.
final class Quotes {
    private final Source source;
    private final String text;

    Quotes(Source source) {
        this.source = source;
        this.text = source.text();
    }

    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    boolean beginHere(int at) {
        return switch (text.charAt(at)) {
            case '\'', '"' -> true;
            case '$' -> dollarTagEnd(at) > 0;
            case 'b', 'B', 'x', 'X', 'n', 'N', 'e', 'E' -> charAt(at + 1) == '\'';
            case 'u', 'U' ->
                    charAt(at + 1) == '&' && (charAt(at + 2) == '\'' || charAt(at + 2) == '"');
            default -> false;
        };
    }

    Token read(int start, Lexer lexer) {
        if (text.charAt(start) == '$') {
            return dollarQuoted(start, lexer);
        }
        int quote = start;
        while (text.charAt(quote) != '\'' && text.charAt(quote) != '"') {
            quote++;
        }
        return text.charAt(quote) == '"'
                ? identifier(start, quote, lexer)
                : string(start, quote, lexer);
    }

    /// The offset after `$tag$`, or 0 when no dollar quote begins here.
    private int dollarTagEnd(int at) {
        int i = at + 1;
        if (Lexer.isDigit(charAt(i))) {
            return 0;
        }
        while (i < text.length()
                && text.charAt(i) != '$'
                && Lexer.isIdentifierPart(text.charAt(i))) {
            i++;
        }
        return charAt(i) == '$' ? i + 1 : 0;
    }

    private Token dollarQuoted(int start, Lexer lexer) {
        int body = dollarTagEnd(start);
        var tag = text.substring(start, body);
        int close = text.indexOf(tag, body);
        if (close < 0) {
            throw Problem.error(
                            SqlCode.SQL_UNTERMINATED_DOLLAR_QUOTE,
                            source.at(start),
                            "the dollar quote " + tag + " is never closed")
                    .thrown();
        }
        lexer.moveTo(close + tag.length());
        return new Token(Kind.STRING, start, lexer.at(), text.substring(body, close));
    }

    private Token identifier(int start, int quote, Lexer lexer) {
        int close = doubled(quote, '"');
        if (close < 0) {
            throw Problem.error(
                            SqlCode.SQL_UNTERMINATED_IDENTIFIER,
                            source.at(start),
                            "this quoted identifier never ends")
                    .thrown();
        }
        lexer.moveTo(close + 1);
        var value = text.substring(quote + 1, close).replace("\"\"", "\"");
        return new Token(Kind.QUOTED_IDENTIFIER, start, close + 1, value);
    }

    private Token string(int start, int quote, Lexer lexer) {
        boolean escapes = quote > start && (text.charAt(start) == 'e' || text.charAt(start) == 'E');
        var value = new StringBuilder();
        int open = quote;
        while (true) {
            int close = escapes ? escaped(open) : doubled(open, '\'');
            if (close < 0) {
                throw Problem.error(
                                SqlCode.SQL_UNTERMINATED_STRING,
                                source.at(start),
                                "this string never ends")
                        .thrown();
            }
            var part = text.substring(open + 1, close);
            value.append(escapes ? Escapes.backslashed(part) : part.replace("''", "'"));
            open = continuation(close + 1);
            if (open < 0) {
                lexer.moveTo(close + 1);
                return new Token(Kind.STRING, start, close + 1, value.toString());
            }
        }
    }

    /// The offset of the quote that closes what `open` opens, a doubled one being part of it; -1 when there is none.
    private int doubled(int open, char quote) {
        int i = text.indexOf(quote, open + 1);
        while (i >= 0 && charAt(i + 1) == quote) {
            i = text.indexOf(quote, i + 2);
        }
        return i;
    }

    private int escaped(int open) {
        int i = open + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                i += 2;
            } else if (c != '\'') {
                i++;
            } else if (charAt(i + 1) == '\'') {
                i += 2;
            } else {
                return i;
            }
        }
        return -1;
    }

    /// A string goes on after a gap of white space with a line break in it (comments with `--` count as white space).
    ///
    /// @return the offset of the quote with which it goes on, or -1
    private int continuation(int from) {
        boolean broken = false;
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\'') {
                return broken ? i : -1;
            } else if (c == '\n' || c == '\r') {
                broken = true;
                i++;
            } else if (Lexer.isSpace(c)) {
                i++;
            } else if (c == '-' && charAt(i + 1) == '-') {
                i = Lexer.lineEnd(text, i);
            } else {
                return -1;
            }
        }
        return -1;
    }

    /// A string as written, but with one line feed for each gap over which it goes on.
    static String joined(String text, Token token) {
        var written = text.substring(token.start(), token.end());
        int quote = written.indexOf('\'');
        if (written.charAt(0) == '$' || quote < 0) {
            return written;
        }
        var quotes = new Quotes(new Source("", written));
        boolean escapes = written.charAt(0) == 'e' || written.charAt(0) == 'E';
        var out = new StringBuilder().append(written, 0, quote);
        int open = quote;
        while (open >= 0) {
            int close = escapes ? quotes.escaped(open) : quotes.doubled(open, '\'');
            out.append(written, open, close + 1);
            open = quotes.continuation(close + 1);
            out.append(open < 0 ? "" : "\n");
        }
        return out.toString();
    }
}
