package dev.fairlead.template;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Expressions by chance whose types fit, for the first of the random data.
final class RandomWord {
    private static final List<String> INTS =
            List.of(
                    "1",
                    "0",
                    "2",
                    "-3",
                    "$.i",
                    "$.z",
                    "$y",
                    "'a'",
                    "(len $.s)",
                    "(len $.l)",
                    "(index $.li 0)",
                    "0x1f",
                    "1_000");
    private static final List<String> STRINGS =
            List.of(
                    "\"a\"",
                    "$.s",
                    "$.e",
                    "\"\"",
                    "$.ms.a",
                    "\"b c\"",
                    "(print 1 2)",
                    "(slice $.s 1)",
                    "`<&>`",
                    "$.m.k",
                    "(index $.ms \"q\")");
    private static final List<String> FLOATS =
            List.of("1.5", "$.f", "0.0", "-2.25", "1e21", "1e-7", "(index $.l 2)");
    private static final List<String> LISTS =
            List.of("$.l", "$.li", "$.el", "(slice $.l 1)", "(slice $.li 1)");
    private static final List<String> MAPS = List.of("$.m", "$.ms", "$.em", "$.m.d", "$.mi");
    private static final List<String> OTHERS =
            List.of("true", "false", "$.t", "$.n", "$.nope", ".", "$x", "$");

    private RandomWord() {}

    private static String pick(RandomGenerator random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    static String loop(RandomGenerator random) {
        return switch (random.nextInt(9)) {
            case 0 -> "3";
            case 1 -> "$.lm";
            case 2 -> "$.nope";
            case 3, 4 -> pick(random, MAPS);
            default -> pick(random, LISTS);
        };
    }

    /// Something of any type, in parentheses where it has arguments.
    static String argument(RandomGenerator random, int depth, Supplier<String> format) {
        return switch (random.nextInt(depth > 3 ? 7 : 9)) {
            case 0, 1 -> pick(random, INTS);
            case 2 -> pick(random, STRINGS);
            case 3 -> pick(random, FLOATS);
            case 4 -> pick(random, LISTS);
            case 5 -> pick(random, MAPS);
            case 6 -> pick(random, OTHERS);
            default -> "(" + sound(random, depth + 1, format) + ")";
        };
    }

    /// A call whose arguments fit its function.
    static String sound(RandomGenerator random, int depth, Supplier<String> format) {
        Supplier<String> any = () -> argument(random, depth + 1, format);
        var kind = pick(random, List.of("i", "i", "s", "s", "f"));
        Supplier<String> same =
                () -> pick(random, kind.equals("i") ? INTS : kind.equals("s") ? STRINGS : FLOATS);
        return switch (random.nextInt(16)) {
            case 0, 1 -> any.get();
            case 2 -> "print " + any.get() + " " + any.get();
            case 3 -> "println " + any.get() + " " + any.get();
            case 4, 5 -> "printf " + format.get() + " " + any.get() + " " + any.get();
            case 6 ->
                    pick(random, List.of("eq ", "ne ", "lt ", "le ", "gt ", "ge "))
                            + same.get()
                            + " "
                            + same.get();
            case 7 -> "eq " + same.get() + " " + same.get() + " " + same.get();
            case 8 -> pick(random, List.of("and ", "or ")) + any.get() + " " + any.get();
            case 9 -> "not " + any.get();
            case 10 -> "len " + pick(random, random.nextBoolean() ? LISTS : STRINGS);
            case 11 ->
                    "index "
                            + pick(random, LISTS)
                            + " "
                            + pick(random, List.of("0", "0", "1", "$.z", "5"));
            case 12 -> "index " + pick(random, MAPS) + " " + pick(random, STRINGS);
            case 13 ->
                    "slice "
                            + pick(random, STRINGS)
                            + " "
                            + pick(random, List.of("0", "0 1", "1", "0 0"));
            case 14 -> pick(random, List.of("html ", "js ", "urlquery ")) + any.get();
            default -> pick(random, List.of("$.m.d.x", "$.lm", "$.li", "$.i", "$x", "$y", "."));
        };
    }
}
