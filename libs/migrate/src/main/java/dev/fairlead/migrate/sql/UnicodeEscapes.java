package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.sql.Token.Kind;
import java.util.List;

/// Gives `U&'…'` and `U&"…"` their meaning once the whole statement is there, because a UESCAPE may follow.
final class UnicodeEscapes {
    private UnicodeEscapes() {}

    static List<Token> resolve(Source source, List<Token> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (isUnicode(source.text(), token)) {
                var value = Escapes.unicode(token.value(), mark(tokens, i));
                tokens.set(i, new Token(token.kind(), token.start(), token.end(), value));
            }
        }
        return tokens;
    }

    private static boolean isUnicode(String text, Token token) {
        return (token.kind() == Kind.STRING || token.kind() == Kind.QUOTED_IDENTIFIER)
                && token.end() - token.start() > 3
                && text.charAt(token.start() + 1) == '&'
                && (text.charAt(token.start()) == 'U' || text.charAt(token.start()) == 'u');
    }

    private static char mark(List<Token> tokens, int index) {
        if (index + 2 < tokens.size() && tokens.get(index + 1).is("uescape")) {
            var mark = tokens.get(index + 2);
            if (mark.kind() == Kind.STRING && mark.value().length() == 1) {
                return mark.value().charAt(0);
            }
        }
        return '\\';
    }
}
