package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.sql.Facts.InTransaction;
import dev.fairlead.migrate.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Transactions, settings of the session, DO and CALL, and what is left.
final class SessionRules {
    /// After one of these a statement of PL/pgSQL begins.
    private static final Set<String> BEFORE_STATEMENT =
            Set.of(";", "begin", "then", "else", "loop", ">>");

    private SessionRules() {}

    static void read(Words words, Draft draft) {
        switch (words.next().value()) {
            case "begin", "end", "abort" -> draft.inTransaction(InTransaction.CONTROLS);
            case "start" -> start(words, draft);
            case "commit", "rollback" -> end(words, draft);
            case "prepare" -> prepare(words, draft);
            case "explain" -> explain(words, draft);
            case "declare" -> {
                words.until("for");
                words.take("for");
                Queries.within(words.rest(), draft);
            }
            case "set" -> set(words, draft);
            case "reset" -> reset(words, draft);
            case "do" -> anonymous(words, draft);
            case "call" -> draft.inTransaction(InTransaction.MAY_COMMIT);
            case "discard" -> {
                draft.command("DISCARD " + words.peek().value());
                if (words.is("all")) {
                    draft.refused();
                }
            }
            case "import" -> draft.command("IMPORT FOREIGN SCHEMA");
            case "reassign" -> draft.command("REASSIGN OWNED");
            default -> {
                // GRANT, NOTIFY, SAVEPOINT and the like: nothing that anybody here needs to know.
            }
        }
    }

    private static void start(Words words, Draft draft) {
        if (words.take("transaction")) {
            draft.command("START TRANSACTION");
            draft.inTransaction(InTransaction.CONTROLS);
        }
    }

    private static void end(Words words, Draft draft) {
        if (words.is("prepared")) {
            draft.command(draft.isCommand("COMMIT") ? "COMMIT PREPARED" : "ROLLBACK PREPARED");
            draft.refused();
            return;
        }
        words.takeAny("work", "transaction");
        if (words.is("to")) {
            draft.command("ROLLBACK TO SAVEPOINT");
        } else {
            draft.inTransaction(InTransaction.CONTROLS);
        }
    }

    private static void prepare(Words words, Draft draft) {
        if (words.is("transaction")) {
            draft.command("PREPARE TRANSACTION");
            draft.inTransaction(InTransaction.CONTROLS);
        }
    }

    private static void explain(Words words, Draft draft) {
        boolean runs = TableRules.option(words.group(), "analyze");
        runs |= words.takeAny("analyze", "analyse");
        words.take("verbose");
        var inner = words.rest();
        if (!inner.atEnd()) {
            Classifier.read(inner, draft);
        }
        draft.command("EXPLAIN");
        if (!runs) {
            draft.onlyLooks();
        }
    }

    private static void set(Words words, Draft draft) {
        if (words.isAny("transaction", "constraints") || words.is("session", "characteristics")) {
            draft.command("SET " + words.peek().value());
            return;
        }
        boolean local = words.take("local");
        if (words.is("session", "authorization")) {
            draft.effect(new Effect.Setting("session_authorization", local));
            return;
        }
        words.take("session");
        setting(words, local, draft);
    }

    private static void reset(Words words, Draft draft) {
        if (words.take("session", "authorization")) {
            draft.effect(new Effect.Setting("session_authorization", false));
        } else {
            setting(words, false, draft);
        }
    }

    private static void setting(Words words, boolean local, Draft draft) {
        var name = words.take("time", "zone") ? "timezone" : String.join(".", words.parts());
        draft.effect(new Effect.Setting(Lexer.lower(name), local));
    }

    private static void anonymous(Words words, Draft draft) {
        var language = "plpgsql";
        var body = new ArrayList<Token>();
        while (!words.atEnd()) {
            if (words.take("language")) {
                language = words.next().value();
            } else {
                body.add(words.next());
            }
        }
        for (var token : body) {
            if (token.kind() == Kind.STRING && mayCommit(token.value(), language)) {
                draft.inTransaction(InTransaction.MAY_COMMIT);
            }
        }
    }

    private static boolean mayCommit(String body, String language) {
        if (!language.equals("plpgsql")) {
            return body.contains("commit") || body.contains("rollback");
        }
        var tokens = lexed(body);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean begins = i == 0 || BEFORE_STATEMENT.contains(tokens.get(i - 1).value());
            if (begins && ends(tokens.get(i), tokens.get(i + 1))) {
                return true;
            }
        }
        return false;
    }

    /// `COMMIT;`, `ROLLBACK AND CHAIN;`, or a CALL, whose procedure may do so; not the assignment to a variable of that name.
    private static boolean ends(Token token, Token next) {
        if (token.is("call")) {
            return next.kind() == Kind.WORD || next.kind() == Kind.QUOTED_IDENTIFIER;
        }
        return (token.is("commit") || token.is("rollback"))
                && (next.is("and") || next.value().equals(";"));
    }

    /// The tokens of a body; those before the place where it cannot be read.
    private static List<Token> lexed(String body) {
        var tokens = new ArrayList<Token>();
        var lexer = new Lexer(new Source("", body));
        try {
            lexer.skipBlank(false);
            while (!lexer.atEnd()) {
                tokens.add(lexer.next());
                lexer.skipBlank(false);
            }
        } catch (ProblemException e) {
            return tokens;
        }
        return tokens;
    }
}
