package dev.fairlead.template.parse;

import dev.fairlead.template.format.GoQuote;

/// One piece of a template's text.
///
/// @param text the piece itself; of an error, its message
record Token(TokenKind kind, int start, String text) {
    boolean is(TokenKind wanted) {
        return kind == wanted;
    }

    /// The token as Go's messages show it.
    String shown() {
        if (kind == TokenKind.END_OF_TEXT) {
            return "EOF";
        } else if (kind == TokenKind.ERROR) {
            return text;
        } else if (kind.isKeyword()) {
            return "<" + text + ">";
        } else if (text.codePointCount(0, text.length()) > 10) {
            return GoQuote.quoted(text.substring(0, text.offsetByCodePoints(0, 10))) + "...";
        }
        return GoQuote.quoted(text);
    }
}
