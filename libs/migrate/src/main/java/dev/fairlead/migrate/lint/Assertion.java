package dev.fairlead.migrate.lint;

import dev.fairlead.migrate.sql.Token;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Judges a Boolean expression without the data. Operators bind as PostgreSQL documents (4.1.6): OR, AND, NOT, IS,
/// comparison, from loose to tight. Whatever is not understood is open.
final class Assertion {
    /// What can be said of an expression.
    enum Truth {
        /// Never false.
        TRUE,
        /// Never true.
        FALSE,
        /// True when its answer is missing.
        MISSING_IS_TRUE,
        /// It depends.
        OPEN
    }

    private static final Set<String> COMPARISONS = Set.of("=", "<>", "!=", "<", ">", "<=", ">=");

    /// Functions that give the same for the same, so that comparing two calls of them proves nothing.
    private static final Set<String> STABLE =
            Set.of(
                    "count",
                    "sum",
                    "min",
                    "max",
                    "avg",
                    "lower",
                    "upper",
                    "length",
                    "coalesce",
                    "abs",
                    "now",
                    "nullif");

    private Assertion() {}

    static Truth judge(List<Token> written) {
        var tokens = unwrapped(written);
        if (tokens.isEmpty() || tokens.getFirst().is("case")) {
            return Truth.OPEN;
        }
        var either = split(tokens, "or");
        if (either.size() > 1) {
            return any(either);
        }
        if (Words.find(tokens, 0, "between") < 0) {
            var all = split(tokens, "and");
            if (all.size() > 1) {
                return all(all);
            }
        }
        if (tokens.getFirst().is("not")) {
            return negated(judge(tokens.subList(1, tokens.size())));
        }
        return test(tokens).or(() -> comparison(tokens)).orElseGet(() -> value(tokens));
    }

    private static Truth any(List<List<Token>> parts) {
        var truths = parts.stream().map(Assertion::judge).toList();
        if (truths.contains(Truth.TRUE)) {
            return Truth.TRUE;
        }
        for (int i = 0; i < parts.size(); i++) {
            for (int j = i + 1; j < parts.size(); j++) {
                if (opposite(parts.get(i), parts.get(j))) {
                    return Truth.TRUE;
                }
            }
        }
        return truths.stream().allMatch(Truth.FALSE::equals) ? Truth.FALSE : Truth.OPEN;
    }

    private static Truth all(List<List<Token>> parts) {
        var truths = parts.stream().map(Assertion::judge).toList();
        if (truths.contains(Truth.FALSE)) {
            return Truth.FALSE;
        }
        return truths.stream().allMatch(Truth.TRUE::equals) ? Truth.TRUE : Truth.OPEN;
    }

    private static Truth negated(Truth truth) {
        return switch (truth) {
            case TRUE -> Truth.FALSE;
            case FALSE -> Truth.TRUE;
            case MISSING_IS_TRUE, OPEN -> Truth.OPEN;
        };
    }

    /// `x` and `NOT x`, `x IS NULL` and `x IS NOT NULL`, `a > b` and `a <= b`.
    private static boolean opposite(List<Token> one, List<Token> other) {
        var left = text(unwrapped(one));
        var right = text(unwrapped(other));
        if (("not " + left).equals(right) || ("not " + right).equals(left)) {
            return true;
        }
        if (isMissing(left, right) || isMissing(right, left)) {
            return true;
        }
        var first = Comparison.of(unwrapped(one));
        var second = Comparison.of(unwrapped(other));
        return first.isPresent() && second.isPresent() && first.get().isOpposite(second.get());
    }

    private static boolean isMissing(String missing, String present) {
        return missing.endsWith(" is null")
                && present.equals(missing.replaceFirst("null$", "not null"));
    }

    /// `… IS …`
    private static Optional<Truth> test(List<Token> tokens) {
        int is = lastAtTop(tokens, "is");
        if (is < 1) {
            return Optional.empty();
        }
        var operand = tokens.subList(0, is);
        if (Words.at(tokens, is, "is", "not", "distinct", "from")) {
            return Optional.of(
                    stable(operand)
                                    && text(operand)
                                            .equals(text(tokens.subList(is + 4, tokens.size())))
                            ? Truth.TRUE
                            : Truth.OPEN);
        }
        return Optional.of(
                switch (text(tokens.subList(is, tokens.size()))) {
                    case "is not null" -> neverNull(operand) ? Truth.TRUE : Truth.OPEN;
                    case "is null" -> neverNull(operand) ? Truth.FALSE : Truth.OPEN;
                    case "is true" -> judge(operand);
                    case "is not false" ->
                            switch (judge(operand)) {
                                case TRUE -> Truth.TRUE;
                                case FALSE -> Truth.OPEN;
                                case OPEN, MISSING_IS_TRUE -> Truth.MISSING_IS_TRUE;
                            };
                    default -> Truth.OPEN;
                });
    }

    private static Optional<Truth> comparison(List<Token> tokens) {
        return Comparison.of(tokens).map(Comparison::judge);
    }

    private static Truth value(List<Token> tokens) {
        var plain = withoutCast(tokens);
        if (plain.size() == 1) {
            return switch (plain.getFirst().value()) {
                case "true", "t", "yes", "on", "1" ->
                        isLiteral(plain.getFirst()) ? Truth.TRUE : Truth.OPEN;
                case "false", "f", "no", "off", "0", "null" ->
                        isLiteral(plain.getFirst()) ? Truth.FALSE : Truth.OPEN;
                default -> Truth.OPEN;
            };
        }
        if (isCall(plain, "coalesce")) {
            return coalesce(Words.parts(plain.subList(2, plain.size() - 1)));
        }
        if (isCall(plain, "exists")) {
            return VacuousAssertion.alwaysHasRow(plain.subList(2, plain.size() - 1))
                    ? Truth.TRUE
                    : Truth.OPEN;
        }
        return Truth.OPEN;
    }

    private static boolean isLiteral(Token token) {
        return token.kind() == Token.Kind.STRING
                || token.is("true")
                || token.is("false")
                || token.is("null");
    }

    private static Truth coalesce(List<List<Token>> arguments) {
        var truths = arguments.stream().map(Assertion::judge).toList();
        if (truths.getFirst() == Truth.TRUE) {
            return Truth.TRUE;
        }
        return truths.contains(Truth.TRUE) ? Truth.MISSING_IS_TRUE : Truth.OPEN;
    }

    /// Two sides of a comparison.
    record Comparison(List<Token> left, String operator, List<Token> right) {
        static Optional<Comparison> of(List<Token> tokens) {
            int found = -1;
            int depth = 0;
            for (int i = 0; i < tokens.size(); i++) {
                if (Words.at(tokens, i, "(")) {
                    depth++;
                } else if (Words.at(tokens, i, ")")) {
                    depth--;
                } else if (depth == 0
                        && tokens.get(i).kind() == Token.Kind.SYMBOL
                        && COMPARISONS.contains(tokens.get(i).value())) {
                    if (found >= 0) {
                        return Optional.empty();
                    }
                    found = i;
                }
            }
            if (found < 1 || found == tokens.size() - 1) {
                return Optional.empty();
            }
            var operator = tokens.get(found).value();
            return Optional.of(
                    new Comparison(
                            unwrapped(tokens.subList(0, found)),
                            operator.equals("!=") ? "<>" : operator,
                            unwrapped(tokens.subList(found + 1, tokens.size()))));
        }

        private Comparison mirrored() {
            var turned =
                    switch (operator) {
                        case "<" -> ">";
                        case ">" -> "<";
                        case "<=" -> ">=";
                        case ">=" -> "<=";
                        default -> operator;
                    };
            return new Comparison(/* left= */ right, turned, /* right= */ left);
        }

        boolean isOpposite(Comparison other) {
            if (!text(left).equals(text(other.left)) || !text(right).equals(text(other.right))) {
                return false;
            }
            return stable(left)
                    && stable(right)
                    && Set.of(Set.of("=", "<>"), Set.of("<", ">="), Set.of(">", "<=")).stream()
                            .anyMatch(pair ->
                                    !operator.equals(other.operator)
                                            && pair.contains(operator)
                                            && pair.contains(other.operator));
        }

        Truth judge() {
            var one = number(left);
            var two = number(right);
            if (one.isPresent() && two.isPresent()) {
                return of(one.get().compareTo(two.get()));
            }
            if (isString(left) && isString(right)) {
                boolean same = left.getFirst().value().equals(right.getFirst().value());
                return switch (operator) {
                    case "=" -> same ? Truth.TRUE : Truth.FALSE;
                    case "<>" -> same ? Truth.FALSE : Truth.TRUE;
                    default -> Truth.OPEN;
                };
            }
            if (text(left).equals(text(right)) && stable(left)) {
                return of(0);
            }
            if (operator.equals("=") && isTrue(right)) {
                return Assertion.judge(left);
            }
            if (operator.equals("=") && isTrue(left)) {
                return Assertion.judge(right);
            }
            return one.isPresent() ? mirrored().count() : count();
        }

        private Truth of(int compared) {
            boolean holds =
                    switch (operator) {
                        case "=" -> compared == 0;
                        case "<>" -> compared != 0;
                        case "<" -> compared < 0;
                        case ">" -> compared > 0;
                        case "<=" -> compared <= 0;
                        default -> compared >= 0;
                    };
            return holds ? Truth.TRUE : Truth.FALSE;
        }

        /// A count is a number from 0 on, and never NULL.
        private Truth count() {
            var limit = number(right);
            if (!isCall(left, "count") || limit.isEmpty()) {
                return Truth.OPEN;
            }
            int sign = limit.get().signum();
            return switch (operator) {
                case ">=" -> sign <= 0 ? Truth.TRUE : Truth.OPEN;
                case ">", "<>" -> sign < 0 ? Truth.TRUE : Truth.OPEN;
                case "<" -> sign <= 0 ? Truth.FALSE : Truth.OPEN;
                case "=", "<=" -> sign < 0 ? Truth.FALSE : Truth.OPEN;
                default -> Truth.OPEN;
            };
        }
    }

    private static boolean isTrue(List<Token> tokens) {
        return tokens.size() == 1 && tokens.getFirst().is("true");
    }

    private static boolean isString(List<Token> tokens) {
        return tokens.size() == 1 && tokens.getFirst().kind() == Token.Kind.STRING;
    }

    private static Optional<BigDecimal> number(List<Token> written) {
        var tokens = withoutCast(unwrapped(written));
        boolean minus = tokens.size() == 2 && Words.at(tokens, 0, "-");
        if (tokens.size() != (minus ? 2 : 1) || tokens.getLast().kind() != Token.Kind.NUMBER) {
            return Optional.empty();
        }
        try {
            var value = new BigDecimal(tokens.getLast().value().replace("_", ""));
            return Optional.of(minus ? value.negate() : value);
        } catch (NumberFormatException e) {
            return Optional.empty(); // 0x1F
        }
    }

    private static boolean neverNull(List<Token> written) {
        var tokens = withoutCast(unwrapped(written));
        if (tokens.size() == 1) {
            var token = tokens.getFirst();
            return token.kind() == Token.Kind.STRING
                    || token.kind() == Token.Kind.NUMBER
                    || token.is("true")
                    || token.is("false")
                    || token.is("current_timestamp");
        }
        return isCall(tokens, "count") || isCall(tokens, "exists") || isCall(tokens, "now");
    }

    /// Whether the whole is one call of a function.
    private static boolean isCall(List<Token> tokens, String function) {
        return tokens.size() > 2
                && tokens.getFirst().is(function)
                && Words.at(tokens, 1, "(")
                && Words.close(tokens, 1) == tokens.size() - 1;
    }

    /// Whether two readings give the same: no call of a function that is not known for it.
    private static boolean stable(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            if (Words.isName(tokens.get(i))
                    && Words.at(tokens, i + 1, "(")
                    && !STABLE.contains(tokens.get(i).value())) {
                return false;
            }
        }
        return tokens.stream().noneMatch(token -> token.is("select"));
    }

    /// Without brackets around the whole; a sub-select that always has one row is what it selects.
    private static List<Token> unwrapped(List<Token> tokens) {
        var inner = tokens;
        while (Words.at(inner, 0, "(") && Words.close(inner, 0) == inner.size() - 1) {
            inner = inner.subList(1, inner.size() - 1);
            if (!inner.isEmpty() && inner.getFirst().is("select")) {
                var select = Select.of(inner);
                if (!select.alwaysOneRow() || select.targets().size() != 1) {
                    return tokens;
                }
                inner = select.targets().getFirst();
            }
        }
        return inner;
    }

    private static List<Token> withoutCast(List<Token> tokens) {
        int cast = lastAtTop(tokens, "::");
        return cast > 0 ? withoutCast(tokens.subList(0, cast)) : tokens;
    }

    private static int lastAtTop(List<Token> tokens, String word) {
        int depth = 0;
        for (int i = tokens.size() - 1; i >= 0; i--) {
            if (Words.at(tokens, i, ")")) {
                depth++;
            } else if (Words.at(tokens, i, "(")) {
                depth--;
            } else if (depth == 0 && Words.at(tokens, i, word)) {
                return i;
            }
        }
        return -1;
    }

    private static List<List<Token>> split(List<Token> tokens, String word) {
        var parts = new ArrayList<List<Token>>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < tokens.size(); i++) {
            if (Words.at(tokens, i, "(") || tokens.get(i).is("case")) {
                depth++;
            } else if (Words.at(tokens, i, ")") || tokens.get(i).is("end")) {
                depth--;
            } else if (depth == 0 && tokens.get(i).is(word)) {
                parts.add(tokens.subList(start, i));
                start = i + 1;
            }
        }
        parts.add(tokens.subList(start, tokens.size()));
        return parts;
    }

    private static String text(List<Token> tokens) {
        return tokens.stream()
                .map(token ->
                        token.kind() == Token.Kind.STRING
                                ? "'" + token.value() + "'"
                                : token.value())
                .collect(Collectors.joining(" "));
    }
}
