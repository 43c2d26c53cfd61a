package dev.fairlead.migrate.lint;

import dev.fairlead.migrate.sql.Token;
import java.util.List;
import java.util.Set;

/// The columns that a CREATE TABLE lists.
final class TableColumns {
    private static final Set<String> CONSTRAINT_WORDS =
            Set.of("constraint", "primary", "unique", "check", "foreign", "exclude", "like");
    private static final Set<String> AFTER_TYPE =
            Set.of(
                    "not",
                    "null",
                    "default",
                    "primary",
                    "unique",
                    "references",
                    "check",
                    "constraint",
                    "generated",
                    "collate",
                    "storage",
                    "compression",
                    "deferrable",
                    "initially",
                    "using",
                    "options");

    private TableColumns() {}

    /// @param rest what follows the type: its constraints
    record Column(Token name, ColumnType type, List<Token> rest) {
        boolean isPrimaryKey() {
            return Words.find(rest, 0, "primary", "key") >= 0;
        }

        boolean isNotNull() {
            return Words.find(rest, 0, "not", "null") >= 0 || isPrimaryKey();
        }
    }

    /// Empty when the statement makes no table, or lists no columns (`AS`, `PARTITION OF`, `OF`).
    static List<Column> of(List<Token> tokens) {
        int table = Words.find(tokens, 0, "table");
        if (!Words.at(tokens, 0, "create") || table < 0 || table > 4) {
            return List.of();
        }
        int open = Words.find(tokens, table, "(");
        boolean lists =
                open > 0
                        && tokens.subList(table, open).stream()
                                .noneMatch(token ->
                                        token.is("as") || token.is("of") || token.is("with"));
        if (!lists) {
            return List.of();
        }
        return Words.parts(tokens.subList(open + 1, Words.close(tokens, open))).stream()
                .filter(part -> part.size() > 1 && !isConstraint(part.getFirst()))
                .map(TableColumns::column)
                .toList();
    }

    /// The definition of one column: its name, its type, and what follows.
    static Column column(List<Token> definition) {
        int end = 1;
        while (end < definition.size() && !AFTER_TYPE.contains(keyword(definition.get(end)))) {
            end++;
        }
        return new Column(
                definition.getFirst(),
                ColumnType.of(text(definition.subList(1, end))),
                definition.subList(end, definition.size()));
    }

    /// The definitions of `ALTER TABLE … ADD [COLUMN] …`, in their order.
    static List<Column> added(List<Token> tokens) {
        if (!Words.at(tokens, 0, "alter") || Words.find(tokens, 0, "add") < 0) {
            return List.of();
        }
        return Words.parts(tokens).stream()
                .map(TableColumns::definition)
                .filter(part -> part.size() > 1 && !isConstraint(part.getFirst()))
                .map(TableColumns::column)
                .toList();
    }

    /// What stands behind `ADD [COLUMN] [IF NOT EXISTS]` of one action; empty when it adds nothing.
    private static List<Token> definition(List<Token> action) {
        int add = Words.find(action, 0, "add");
        if (add < 0 || insideBrackets(action, add)) {
            return List.of();
        }
        int from = add + 1;
        if (Words.at(action, from, "column")) {
            from++;
        }
        if (Words.at(action, from, "if", "not", "exists")) {
            from += 3;
        }
        return action.subList(from, action.size());
    }

    private static boolean insideBrackets(List<Token> action, int position) {
        int open = Words.find(action, 0, "(");
        return open >= 0 && open < position;
    }

    private static boolean isConstraint(Token token) {
        return CONSTRAINT_WORDS.contains(keyword(token));
    }

    private static String keyword(Token token) {
        return token.kind() == Token.Kind.WORD ? token.value() : "";
    }

    /// Tokens as text: one space between words, none around punctuation.
    static String text(List<Token> tokens) {
        var text = new StringBuilder();
        boolean afterWord = false;
        for (var token : tokens) {
            boolean word = token.kind() != Token.Kind.SYMBOL;
            if (word && (afterWord || text.toString().endsWith(")"))) {
                text.append(' ');
            }
            text.append(token.value());
            afterWord = word;
        }
        return text.toString();
    }
}
