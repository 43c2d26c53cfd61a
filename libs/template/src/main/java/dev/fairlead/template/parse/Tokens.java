package dev.fairlead.template.parse;

/// The lexer's tokens with the three of look-ahead that the grammar needs.
final class Tokens {
    private final Lexer lexer;
    private final Token[] ahead = new Token[3];
    private int count;

    Tokens(Lexer lexer) {
        this.lexer = lexer;
        this.ahead[0] = new Token(TokenKind.TEXT, 0, "");
    }

    Token next() {
        if (count > 0) {
            count--;
        } else {
            ahead[0] = lexer.next();
        }
        return ahead[count];
    }

    Token peek() {
        if (count == 0) {
            ahead[0] = lexer.next();
            count = 1;
        }
        return ahead[count - 1];
    }

    Token nextNonSpace() {
        var token = next();
        while (token.is(TokenKind.SPACE)) {
            token = next();
        }
        return token;
    }

    Token peekNonSpace() {
        var token = nextNonSpace();
        back();
        return token;
    }

    /// Takes back the last token.
    void back() {
        count++;
    }

    /// Takes back the last token, and `before` in front of it.
    void back(Token before) {
        ahead[1] = before;
        count = 2;
    }

    /// Takes back the last token, and two in front of it.
    void back(Token first, Token second) {
        ahead[1] = second;
        ahead[2] = first;
        count = 3;
    }

    /// The token that was read last from the text, whether it was taken or only looked at.
    Token newest() {
        return ahead[0];
    }

    /// After an error: forgets what was looked at and goes on behind the action.
    void skipAction() {
        count = 0;
        lexer.skipAction();
    }
}
