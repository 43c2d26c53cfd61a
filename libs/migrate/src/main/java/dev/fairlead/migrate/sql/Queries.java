package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Effect.WriteRows;
import dev.fairlead.migrate.sql.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// SELECT, INSERT, UPDATE, DELETE, MERGE: which tables they read and write, found in one pass over the tokens.
final class Queries {
    private static final Set<String> SPECIAL = Set.of("extract", "substring", "trim", "overlay");
    private static final Set<String> ENDS_FROM =
            Set.of(
                    "where",
                    "group",
                    "having",
                    "order",
                    "limit",
                    "offset",
                    "window",
                    "union",
                    "intersect",
                    "except",
                    "returning",
                    "set",
                    "for",
                    "fetch",
                    "select",
                    "when");
    private static final Set<String> VERBS =
            Set.of("select", "insert", "update", "delete", "merge", "values", "table");

    private final Words words;
    private final Draft draft;
    private final Set<String> withNames;
    private final LockMode readMode;
    private final Deque<Level> levels = new ArrayDeque<>();
    private Token before = new Token(Kind.SYMBOL, 0, 0, "");

    /// What is known inside of one pair of parentheses.
    private static final class Level {
        final boolean special;
        boolean from;
        boolean expects;

        Level(boolean special) {
            this.special = special;
        }
    }

    private Queries(Words words, Draft draft) {
        this.words = words;
        this.draft = draft;
        this.withNames = withNames(words);
        this.readMode = locksRows(words) ? LockMode.ROW_SHARE : LockMode.ACCESS_SHARE;
        levels.push(new Level(false));
    }

    static void read(Words words, Draft draft) {
        draft.command(verb(words));
        new Queries(words, draft).scan();
    }

    /// The locks of a query inside of another statement.
    static void within(Words words, Draft draft) {
        new Queries(words, draft).scan();
    }

    private static String verb(Words words) {
        int depth = 0;
        for (var token : words.left()) {
            if (token.kind() == Kind.SYMBOL) {
                depth += token.value().equals("(") ? 1 : token.value().equals(")") ? -1 : 0;
            } else if (token.kind() == Kind.WORD && depth == 0 && VERBS.contains(token.value())) {
                return token.value();
            }
        }
        return "select";
    }

    private static boolean locksRows(Words words) {
        var all = words.left();
        for (int i = 0; i + 1 < all.size(); i++) {
            if (all.get(i).is("for")) {
                var next = all.get(i + 1);
                if (next.is("update") || next.is("share") || next.is("no") || next.is("key")) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The names that WITH gives: `name [(columns)] AS [[NOT] MATERIALIZED] (`.
    private static Set<String> withNames(Words words) {
        var names = new HashSet<String>();
        var all = words.left();
        for (int i = 1; i + 1 < all.size(); i++) {
            if (!all.get(i).is("as")) {
                continue;
            }
            int next = i + 1;
            while (next < all.size()
                    && (all.get(next).is("not") || all.get(next).is("materialized"))) {
                next++;
            }
            if (next < all.size() && isSymbol(all.get(next), "(")) {
                int name = beforeColumns(all, i - 1);
                if (name >= 0) {
                    names.add(all.get(name).value());
                }
            }
        }
        return names;
    }

    private static int beforeColumns(List<Token> all, int index) {
        if (!isSymbol(all.get(index), ")")) {
            return index;
        }
        int i = index;
        while (i >= 0 && !isSymbol(all.get(i), "(")) {
            i--;
        }
        return i - 1;
    }

    private static boolean isSymbol(Token token, String symbol) {
        return token.kind() == Kind.SYMBOL && token.value().equals(symbol);
    }

    private void scan() {
        while (!words.atEnd()) {
            var token = words.peek();
            if (token.kind() == Kind.SYMBOL) {
                words.skip(1);
                symbol(token);
            } else if (!writes()) {
                if (level().expects && words.isIdentifier() && !words.isAny("lateral", "only")) {
                    reads();
                } else {
                    words.skip(1);
                    if (token.kind() == Kind.WORD) {
                        keyword(token);
                    }
                }
            }
            before = token;
        }
    }

    private Level level() {
        return levels.getFirst();
    }

    private void symbol(Token token) {
        switch (token.value()) {
            case "(" -> {
                boolean list = level().expects;
                var inner =
                        new Level(before.kind() == Kind.WORD && SPECIAL.contains(before.value()));
                inner.expects = list && !words.isAny("select", "with", "values");
                inner.from = inner.expects;
                levels.push(inner);
            }
            case ")" -> {
                if (levels.size() > 1) {
                    levels.pop();
                    level().expects = false;
                }
            }
            case "," -> level().expects = level().from;
            default -> level().expects = false;
        }
    }

    private void keyword(Token token) {
        var level = level();
        switch (token.value()) {
            case "from" -> {
                if (!level.special && !before.is("distinct")) {
                    level.from = true;
                    level.expects = true;
                }
            }
            case "join" -> level.expects = true;
            case "using" -> level.expects = !words.isSymbol("(") && words.isIdentifier();
            case "table" -> level.expects = before.value().isEmpty() || isSymbol(before, "(");
            case "into" -> selectInto();
            case "only", "lateral" -> {}
            default -> {
                if (ENDS_FROM.contains(token.value())) {
                    level.from = false;
                    level.expects = false;
                }
            }
        }
    }

    private void reads() {
        level().expects = false;
        boolean plain = !isDotted();
        var name = words.name();
        boolean function = words.isSymbol("(");
        if (!function && !(plain && withNames.contains(name.name()))) {
            draft.lock(name, readMode);
        }
    }

    private boolean isDotted() {
        return isSymbol(words.peek(1), ".");
    }

    /// `SELECT … INTO [TEMP] [TABLE] name`; the INTO of INSERT and MERGE never comes here.
    private void selectInto() {
        words.takeAny("local", "global");
        boolean temporary = words.takeAny("temp", "temporary");
        words.take("unlogged");
        words.take("table");
        draft.command("SELECT INTO");
        draft.effect(new Effect.CreateTable(words.name(), false, temporary));
    }

    /// Reads the head of a statement that writes, if one begins here.
    private boolean writes() {
        boolean begins = before.value().isEmpty() || isSymbol(before, "(") || isSymbol(before, ")");
        if (!begins) {
            return false;
        }
        var command = words.peek().value().toUpperCase(Locale.ROOT);
        boolean heads =
                words.take("insert", "into")
                        || words.take("merge", "into")
                        || words.take("delete", "from")
                        || (words.is("update")
                                && words.peek(1).kind() != Kind.SYMBOL
                                && words.take("update"));
        if (!heads) {
            return false;
        }
        level().expects = false;
        level().from = false;
        var table = words.relation();
        draft.lock(table, LockMode.ROW_EXCLUSIVE);
        draft.effect(new WriteRows(command, table, filtered()));
        if (command.equals("DELETE") || (command.equals("MERGE") && words.has("then", "delete"))) {
            draft.destructive();
        }
        return true;
    }

    /// Whether a WHERE follows before the parentheses end that the statement stands in.
    private boolean filtered() {
        int depth = 0;
        for (var token : words.left()) {
            if (isSymbol(token, "(")) {
                depth++;
            } else if (isSymbol(token, ")")) {
                if (--depth < 0) {
                    return false;
                }
            } else if (depth == 0 && token.is("where")) {
                return true;
            }
        }
        return false;
    }
}
