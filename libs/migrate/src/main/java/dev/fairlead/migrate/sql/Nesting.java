package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Whether a semicolon ends the statement here, as psql judges it (src/fe_utils/psqlscan.l): not inside of parentheses,
/// and not inside of the body of a `CREATE FUNCTION` or `CREATE PROCEDURE` in standard SQL.
///
/// Where psql takes each `begin` of a routine for the beginning of a body, this one wants `BEGIN ATOMIC`, and `AS end`
/// ends nothing: so does the server's grammar.
final class Nesting {
    private final Deque<Token> parentheses = new ArrayDeque<>();
    private final Deque<Token> blocks = new ArrayDeque<>();
    private final Token[] head = new Token[4];
    private int count;
    private @org.jspecify.annotations.Nullable Token last;

    boolean isTop() {
        return parentheses.isEmpty() && blocks.isEmpty();
    }

    /// What is still open, the outermost.
    Optional<Token> open() {
        return Optional.ofNullable(blocks.isEmpty() ? parentheses.peekLast() : blocks.peekLast());
    }

    void add(Token token) {
        if (count < head.length) {
            head[count] = token;
        }
        count++;
        if (token.kind() == Kind.SYMBOL) {
            if (token.value().equals("(")) {
                parentheses.push(token);
            } else if (token.value().equals(")") && !parentheses.isEmpty()) {
                parentheses.pop();
            }
        } else if (token.kind() == Kind.WORD && parentheses.isEmpty()) {
            block(token);
        }
        last = token;
    }

    private void block(Token token) {
        var before = last;
        if (before != null && before.is("begin") && token.is("atomic") && blocks.isEmpty()) {
            if (isRoutine()) {
                blocks.push(before);
            }
        } else if (!blocks.isEmpty() && !isName()) {
            if (token.is("case")) {
                blocks.push(token);
            } else if (token.is("end")) {
                blocks.pop();
            }
        }
    }

    /// After AS or a dot every keyword is a name.
    private boolean isName() {
        return last != null
                && (last.is("as") || (last.kind() == Kind.SYMBOL && last.value().equals(".")));
    }

    private boolean isRoutine() {
        if (!head[0].is("create")) {
            return false;
        }
        var made = head[1].is("or") && head[2].is("replace") ? head[3] : head[1];
        return made.is("function") || made.is("procedure");
    }
}
