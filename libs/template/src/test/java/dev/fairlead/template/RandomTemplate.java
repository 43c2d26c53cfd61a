package dev.fairlead.template;

import java.util.List;
import java.util.random.RandomGenerator;

/// Templates by chance: mostly well-formed, with expressions that are as often wrong as right.
final class RandomTemplate {
    private static final List<String> TEXTS =
            List.of("a", " ", "\n", "  b\n", "\t", "x: ", "}}", "{", "é", "\n\n  ", "- ");
    private static final List<String> LITERALS =
            List.of(
                    "1", "0", "-1", "2", "3", "42", "1.5", "0.0", "1e3", "-2.50", "0x1f", "'a'",
                    "\"\"", "\"a\"", "\"abc\"", "\"%d\"", "\"<é>\"", "`r\\n`", "true", "false",
                    "nil", "1_000", "1e21", "0.1", "\"b c\"", "\"k\"");
    private static final List<String> PATHS =
            List.of(
                    ".", ".i", ".z", ".f", ".s", ".e", ".t", ".n", ".l", ".m", ".m.k", ".m.d.x",
                    ".ms", ".ms.a", ".ms.q", ".li", ".nope", ".m.nope", ".s.x", ".n.x", ".nope.x",
                    "$", "$.i", "$.m", "$.l", "$.s", "$x", "$y", "$x.k", ".mi.q", ".el", ".em",
                    ".lm", ".k", ".x");
    private static final List<String> FUNCTIONS =
            List.of(
                    "print",
                    "println",
                    "len",
                    "index",
                    "slice",
                    "eq",
                    "ne",
                    "lt",
                    "le",
                    "gt",
                    "ge",
                    "and",
                    "or",
                    "not",
                    "html",
                    "js",
                    "urlquery",
                    "printf",
                    "print",
                    "index",
                    "eq",
                    "and",
                    "or",
                    "len");
    private static final String FLAGS = "+-# 0";
    private static final String VERBS = "vvdsqxXobctefgGTUOEFvdsz%";

    static final List<String> DATA =
            List.of(
                    "{\"i\":1,\"z\":0,\"f\":1.5,\"s\":\"abc\",\"e\":\"\",\"t\":true,\"n\":null,\"l\":[1,\"b\",2.5,[1],null,{\"k\":1}],"
                            + "\"m\":{\"k\":\"v\",\"d\":{\"x\":1},\"a\":[1,2]},\"ms\":{\"$t\":\"map[string]string\",\"v\":{\"a\":\"x\",\"b\":\"\"}},"
                            + "\"mi\":{\"$t\":\"map[string]int\",\"v\":{\"a\":1}},\"li\":{\"$t\":\"[]int\",\"v\":[3,1,2]},\"el\":[],\"em\":{},"
                            + "\"lm\":[{\"k\":1,\"x\":{\"k\":2}},{\"k\":\"s\"},{}]}",
                    "{\"i\":-7,\"z\":0.0,\"f\":1e21,\"s\":\"<a&'b'>\",\"e\":[],\"t\":false,\"l\":[\"x\"],\"m\":{\"k\":null,\"d\":[]},"
                            + "\"ms\":{\"$t\":\"map[string]string\",\"v\":{}},\"li\":{\"$t\":\"[]string\",\"v\":[\"p\",\"q\"]},\"lm\":[]}",
                    "null",
                    "\"text\"",
                    "[1,2,{\"k\":\"v\"}]");

    private final RandomGenerator random;
    private final StringBuilder out = new StringBuilder();
    private int budget = 25;

    private RandomTemplate(RandomGenerator random) {
        this.random = random;
    }

    static String text(RandomGenerator random) {
        var template = new RandomTemplate(random);
        if (random.nextInt(8) > 0) {
            template.out.append("{{$x := ").append(template.pipe(1)).append("}}");
            template.out.append("{{$y := 2}}");
        }
        template.statements(0, false);
        if (random.nextInt(4) == 0) {
            template.out.append("{{define \"t1\"}}");
            template.statements(1, false);
            template.out.append("{{end}}{{template \"t1\" ").append(template.pipe(1)).append("}}");
        }
        var text = template.out.toString();
        if (random.nextInt(10) == 0 && !text.isEmpty()) {
            int at = random.nextInt(text.length());
            return text.substring(0, at)
                    + text.substring(Math.min(text.length(), at + random.nextInt(1, 3)));
        }
        return text;
    }

    /// Mostly the data that the sound expressions are made for.
    static String data(RandomGenerator random) {
        return DATA.get(random.nextInt(5) > 0 ? 0 : random.nextInt(DATA.size()));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void statements(int depth, boolean inRange) {
        for (int i = random.nextInt(1, 5); i > 0 && budget > 0; i--) {
            budget--;
            statement(depth, inRange);
        }
    }

    private void statement(int depth, boolean inRange) {
        switch (random.nextInt(depth > 2 ? 6 : 12)) {
            case 0, 1 -> out.append(pick(TEXTS));
            case 2, 3, 4 -> action(pipe(0));
            case 5 -> small(inRange);
            case 6, 7 -> control("if " + declaration() + pipe(0), depth, inRange);
            case 8, 9 -> control("with " + declaration() + pipe(0), depth, inRange);
            default -> control("range " + loopVariables() + pipe(0), depth, true);
        }
    }

    private void small(boolean inRange) {
        switch (random.nextInt(6)) {
            case 0 -> action("/* c */");
            case 1 -> action("$x = " + pipe(1));
            case 2 -> action("$y := " + pipe(1));
            case 3 -> action(inRange ? "break" : "$x");
            case 4 -> action(inRange ? "continue" : "$y");
            default -> action("printf " + format() + " " + word(1) + " " + word(1));
        }
    }

    private String declaration() {
        return random.nextInt(4) == 0 ? "$x := " : "";
    }

    private String loopVariables() {
        return switch (random.nextInt(6)) {
            case 0 -> "$x := ";
            case 1 -> "$y, $x := ";
            case 2 -> "$x = ";
            case 3 -> "$y, $x = ";
            default -> "";
        };
    }

    private void action(String inside) {
        boolean comment = inside.startsWith("/*");
        int trim = random.nextInt(8);
        out.append(trim == 0 ? "{{- " : comment ? "{{" : "{{ ");
        out.append(inside);
        out.append(trim == 1 ? " -}}" : comment ? "}}" : " }}");
    }

    private void control(String head, int depth, boolean inRange) {
        action(
                head.startsWith("range") && random.nextInt(4) > 0
                        ? head.substring(0, head.indexOf(' ') + 1) + RandomWord.loop(random)
                        : head);
        statements(depth + 1, inRange);
        if (random.nextInt(3) == 0) {
            boolean chained = random.nextInt(3) == 0 && !head.startsWith("range");
            action(
                    chained
                            ? "else " + head.substring(0, head.indexOf(' ')) + " " + pipe(1)
                            : "else");
            // An else of a range is outside of its loop.
            statements(depth + 1, inRange && !head.startsWith("range"));
        }
        action("end");
    }

    private String pipe(int depth) {
        var text = new StringBuilder(command(depth));
        for (int i = random.nextInt(5); i > 3; i--) {
            text.append(" | ")
                    .append(
                            random.nextInt(4) > 0
                                    ? pick(
                                            List.of(
                                                    "print",
                                                    "html",
                                                    "js",
                                                    "urlquery",
                                                    "not",
                                                    "and 1",
                                                    "or 0",
                                                    "printf `%v|`"))
                                    : pick(FUNCTIONS));
            if (random.nextInt(9) == 0) {
                text.append(' ').append(word(depth + 1));
            }
        }
        return text.toString();
    }

    private String command(int depth) {
        if (random.nextInt(5) > 0) {
            return RandomWord.sound(random, depth, this::format);
        }
        return wild(depth);
    }

    private String wild(int depth) {
        if (random.nextInt(5) < 2) {
            return word(depth);
        }
        var function = pick(FUNCTIONS);
        var text = new StringBuilder(function);
        int count = function.equals("len") || function.equals("not") ? 1 : random.nextInt(1, 4);
        for (int i = 0; i < count; i++) {
            text.append(' ')
                    .append(function.equals("printf") && i == 0 ? format() : word(depth + 1));
        }
        return text.toString();
    }

    private String word(int depth) {
        if (random.nextInt(4) > 0) {
            return RandomWord.argument(random, depth, this::format);
        }
        return switch (random.nextInt(depth > 3 ? 8 : 10)) {
            case 0, 1, 2 -> pick(LITERALS);
            case 3, 4, 5, 6, 7 -> pick(PATHS);
            case 8 -> "(" + pipe(depth + 1) + ")" + (random.nextInt(4) == 0 ? ".k" : "");
            default -> "(" + pipe(depth + 1) + ")";
        };
    }

    private String format() {
        var text = new StringBuilder("\"");
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            text.append('%');
            for (int flag = random.nextInt(4); flag > 1; flag--) {
                text.append(FLAGS.charAt(random.nextInt(FLAGS.length())));
            }
            text.append(random.nextInt(12) == 0 ? "[" + random.nextInt(4) + "]" : "");
            text.append(random.nextInt(3) == 0 ? String.valueOf(random.nextInt(12)) : "");
            text.append(random.nextInt(4) == 0 ? "." + random.nextInt(8) : "");
            text.append(random.nextInt(20) == 0 ? "*" : "");
            text.append(VERBS.charAt(random.nextInt(VERBS.length())));
            text.append(random.nextInt(3) == 0 ? "|" : "");
        }
        return text.append('"').toString();
    }
}
