package dev.fairlead.migrate.lint;

import dev.fairlead.migrate.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A simple query, cut into what it selects and the rest.
///
/// @param targets the expressions, without their names
/// @param rest from FROM, WHERE … on
record Select(List<List<Token>> targets, List<Token> rest) {
    private static final Set<String> CLAUSES =
            Set.of(
                    "from",
                    "where",
                    "group",
                    "having",
                    "window",
                    "union",
                    "intersect",
                    "except",
                    "order",
                    "limit",
                    "offset",
                    "fetch",
                    "for",
                    "into");
    private static final Set<String> AGGREGATES =
            Set.of(
                    "count",
                    "sum",
                    "min",
                    "max",
                    "avg",
                    "bool_and",
                    "bool_or",
                    "every",
                    "array_agg");

    Select {
        targets = List.copyOf(targets);
        rest = List.copyOf(rest);
    }

    static Select of(List<Token> tokens) {
        int end = 1;
        int depth = 0;
        for (; end < tokens.size(); end++) {
            var token = tokens.get(end);
            if (Words.at(tokens, end, "(")) {
                depth++;
            } else if (Words.at(tokens, end, ")")) {
                depth--;
            } else if (depth == 0
                    && token.kind() == Token.Kind.WORD
                    && CLAUSES.contains(token.value())
                    && !Words.at(tokens, end - 1, "distinct")) {
                break;
            }
        }
        var targets = new ArrayList<List<Token>>();
        for (var part : Words.parts(tokens.subList(Math.min(1, end), end))) {
            targets.add(withoutName(part));
        }
        return new Select(targets, tokens.subList(end, tokens.size()));
    }

    private static List<Token> withoutName(List<Token> part) {
        int size = part.size();
        return size > 2 && part.get(size - 2).is("as") ? part.subList(0, size - 2) : part;
    }

    /// A query without FROM and WHERE, or an aggregate over whatever rows there are.
    boolean alwaysOneRow() {
        if (rest.isEmpty()) {
            return true;
        }
        boolean plain =
                rest.stream()
                        .filter(token -> token.kind() == Token.Kind.WORD)
                        .map(Token::value)
                        .noneMatch(
                                Set.of(
                                                "group",
                                                "having",
                                                "union",
                                                "intersect",
                                                "except",
                                                "limit",
                                                "offset",
                                                "fetch",
                                                "window")
                                        ::contains);
        return plain && targets.stream().anyMatch(Select::aggregates);
    }

    private static boolean aggregates(List<Token> target) {
        for (int i = 0; i + 1 < target.size(); i++) {
            if (Words.at(target, i, "(") && Words.at(target, i + 1, "select")) {
                i = Words.close(target, i);
            } else if (AGGREGATES.contains(target.get(i).value())
                    && Words.at(target, i + 1, "(")
                    && !Words.at(target, Words.close(target, i + 1) + 1, "over")) {
                return true;
            }
        }
        return false;
    }
}
