package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.sql.Token.Kind;
import java.util.List;

/// The rows that follow a `COPY … FROM STDIN`: whole lines, from the one after the statement's up to a line that is `\.`
/// alone.
final class CopyRows {
    private static final String MARK = "\\.";

    private CopyRows() {}

    /// Whether a statement is a COPY that reads rows from its client. The grammar takes STDOUT for STDIN after FROM.
    static boolean wanted(List<Token> tokens) {
        if (!tokens.getFirst().is("copy")) {
            return false;
        }
        int depth = 0;
        for (int i = 1; i + 1 < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.kind() == Kind.SYMBOL) {
                depth += token.value().equals("(") ? 1 : token.value().equals(")") ? -1 : 0;
            } else if (depth == 0 && (token.is("from") || token.is("to"))) {
                var end = tokens.get(i + 1);
                return token.is("from") && (end.is("stdin") || end.is("stdout"));
            }
        }
        return false;
    }

    /// @param at the line break before the first row, or the text's end
    static Token read(Source source, int at, Statement statement) {
        var text = source.text();
        int start = Math.min(at + 1, text.length());
        int line = start;
        while (line < text.length()) {
            int end = text.indexOf('\n', line);
            int next = end < 0 ? text.length() : end + 1;
            if (isMark(text, line, next)) {
                return new Token(Kind.COPY_DATA, start, line, text.substring(start, line));
            }
            line = next;
        }
        throw Problem.error(
                        SqlCode.SQL_COPY_DATA,
                        statement.place(),
                        "the rows of this COPY have no end")
                .withHint("end the rows with a line that is \\. alone")
                .thrown();
    }

    private static boolean isMark(String text, int line, int next) {
        if (!text.startsWith(MARK, line)) {
            return false;
        }
        int rest = line + MARK.length();
        return rest == next || text.startsWith("\r\n", rest) || text.startsWith("\n", rest);
    }

    /// The offset of the line break after the mark at `at`.
    static int endOfMark(String text, int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    static Problem interrupted(Source source, Token first) {
        return Problem.error(
                        SqlCode.SQL_COPY_DATA,
                        source.at(first.start()),
                        "this statement begins on the line of a COPY … FROM STDIN and goes on where the rows must be")
                .withHint("write it below the rows");
    }
}
