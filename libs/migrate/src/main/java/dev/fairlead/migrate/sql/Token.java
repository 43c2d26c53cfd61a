package dev.fairlead.migrate.sql;

/// A word of a statement.
///
/// @param start the offset of its first character in the source's text
/// @param end the offset after its last character
/// @param value what it means: a keyword or plain identifier in lower case, a quoted identifier or a string without its
///     quotes and escapes, anything else as written
public record Token(Kind kind, int start, int end, String value) {
    /// The sorts of token that PostgreSQL's lexer tells apart, as far as anybody here needs to know.
    public enum Kind {
        /// A keyword or an identifier without quotes.
        WORD,
        /// `"Quoted"` or `U&"…"`.
        QUOTED_IDENTIFIER,
        /// Every form of string: `'…'`, `E'…'`, `U&'…'`, `B'…'`, `$tag$…$tag$`.
        STRING,
        NUMBER,
        /// `$1`
        PARAMETER,
        /// An operator or one of `( ) [ ] , . :`.
        SYMBOL,
        /// The rows of a `COPY … FROM STDIN`, up to the line `\.`.
        COPY_DATA
    }

    /// Whether it is this keyword, in lower case.
    public boolean is(String word) {
        return kind == Kind.WORD && value.equals(word);
    }
}
