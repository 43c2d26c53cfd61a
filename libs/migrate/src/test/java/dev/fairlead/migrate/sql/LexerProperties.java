package dev.fairlead.migrate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.sql.Token.Kind;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LexerProperties {
    private static final String[] TOKENS = {
        "select",
        "From",
        "a$b",
        "\u00e4\u00f6",
        "_x1",
        "e",
        "u",
        "\"Q;\"\"--\"",
        "U&\"\\0041\"",
        "1",
        "1.5e-3",
        "1_0",
        "0xFF",
        ".5",
        "$1",
        "'it''s; --'",
        "E'\\';'",
        "b'01'",
        "X'1f'",
        "N'n'",
        "U&'\\0041'",
        "$$ ; ' $$",
        "$t$ $$ /* $t$",
        "+",
        "<->",
        "||",
        "::",
        ":=",
        ",",
        ".",
        "[",
        "]",
        "=>",
        "?|",
        "case",
        "end",
        "begin",
        "atomic",
        "create",
        "function",
        "update",
        "delete",
        "with",
        "alter",
        "table",
        "drop",
        "set",
        "index",
        "as",
        "default",
        "not",
        "null",
        "copy",
        "from",
        "do"
    };
    private static final String[] BLANKS = {
        " ", "\t", " -- c; 'x\n", "/* ; ' */", "\n", "\r\n", " /* /* $$ */ */ ", "\f\n\n"
    };
    private static final String[] PIECES = {
        "'",
        "\"",
        "$",
        "$$",
        "$a$",
        "\\",
        "\\.",
        "\n",
        "/*",
        "*/",
        "--",
        ";",
        "(",
        ")",
        "E'",
        "U&'",
        "a",
        "1",
        "_",
        "copy t from stdin",
        "begin atomic",
        "create function f()",
        "end",
        "case",
        "+",
        "-",
        "@",
        ".",
        ":",
        "\u00e9",
        "\ud83d\ude00",
        "\0",
        "\ufeff",
        " ",
        "\r",
        "N'",
        "0x",
        "1e",
        "alter table t",
        "add",
        "column",
        "drop",
        "insert into",
        ",",
        "update",
        "where",
        "as"
    };

    @Provide
    Arbitrary<List<String>> tokens() {
        return Arbitraries.of(TOKENS).list().ofMinSize(1).ofMaxSize(40);
    }

    @Provide
    Arbitrary<List<String>> blanks() {
        return Arbitraries.of(BLANKS).list().ofSize(41);
    }

    @Provide
    Arbitrary<String> anything() {
        var pieces = Arbitraries.of(PIECES).list().ofMaxSize(60).map(all -> String.join("", all));
        var characters = Arbitraries.strings().all().ofMaxLength(60);
        return Combinators.combine(pieces, characters, pieces).as((a, b, c) -> a + b + c);
    }

    @Property(tries = 500)
    void tokensAreFoundAgainWhateverLiesBetweenThem(
            @ForAll("tokens") List<String> tokens, @ForAll("blanks") List<String> blanks) {
        var text = joined(tokens, blanks);
        var found = Sql.one("x" + text).tokens();
        assertThat(
                        found.stream()
                                .skip(1)
                                .map(token -> ("x" + text).substring(token.start(), token.end())))
                .containsExactlyElementsOf(tokens);
    }

    @Property(tries = 500)
    void theChecksumSeesNoLayout(
            @ForAll("tokens") List<String> tokens,
            @ForAll("blanks") List<String> some,
            @ForAll("blanks") List<String> others) {
        assertThat(Checksum.of(Sql.split("x" + joined(tokens, some))))
                .isEqualTo(Checksum.of(Sql.split("x" + joined(tokens, others))));
    }

    /// A blank before each token; a string after a string is kept from becoming one with it.
    private static String joined(List<String> tokens, List<String> blanks) {
        return IntStream.range(0, tokens.size())
                .mapToObj(i ->
                        (tokens.get(i).startsWith("'") ? " /**/ " : blanks.get(i)) + tokens.get(i))
                .collect(Collectors.joining());
    }

    @Property(tries = 3000)
    void anyTextGivesStatementsOrAProblemWithAPlace(@ForAll("anything") String text) {
        try {
            var split = Sql.split(text);
            Checksum.of(split);
            Groups.of(split.statements().stream().map(Classifier::classify).toList());
            assertThat(leftOver(split)).isEmpty();
        } catch (ProblemException e) {
            assertThat(e.problems())
                    .allMatch(problem -> problem.place().isPresent())
                    .allMatch(problem -> problem.code() instanceof SqlCode);
        }
    }

    /// What of the text is in no token, without blanks, comments, semicolons and the ends of rows.
    private static String leftOver(SqlText split) {
        var text = split.source().text();
        var out = new StringBuilder();
        int at = text.startsWith("\ufeff") ? 1 : 0;
        var tokens =
                split.statements().stream()
                        .flatMap(statement -> statement.tokens().stream())
                        .sorted(java.util.Comparator.comparingInt(Token::start))
                        .toList();
        for (var token : tokens) {
            assertThat(token.start()).isGreaterThanOrEqualTo(at);
            out.append(significant(text, at, token.start()));
            at = token.end();
            if (token.kind() == Kind.COPY_DATA) {
                assertThat(text.startsWith("\\.", at)).isTrue();
                at += 2;
            }
        }
        return out.append(significant(text, at, text.length())).toString();
    }

    private static String significant(String text, int from, int to) {
        var lexer = new Lexer(new Source("", text.substring(from, to)));
        var out = new StringBuilder();
        lexer.skipBlank(false);
        while (!lexer.atEnd()) {
            if (lexer.peek() == ';') {
                lexer.moveTo(lexer.at() + 1);
            } else {
                out.append(lexer.next().value());
            }
            lexer.skipBlank(false);
        }
        return out.toString();
    }

    /// Ten megabytes of anything that could make a lexer look back or ahead; a quadratic one would not come back.
    @Example
    void tenMegabytesAreReadInOnePass() {
        for (var piece :
                List.of(
                        "insert into t values (1, 'x', E'\\n', $$ y $$);\n",
                        "$a",
                        "a",
                        "'' ",
                        "'a'\n",
                        "$a$b$a$ ",
                        "-- c\n",
                        "/**/",
                        "+-",
                        "1",
                        "a as (b) ",
                        "with x as (update t set a = 1) ",
                        "select 1, ",
                        ";",
                        "alter table t add a int default now(), ",
                        "drop table a, b; ",
                        "copy t from stdin;\n1\n\\.\n")) {
            var text = piece.repeat(10_000_000 / piece.length());
            var parts = Parts.of(new Source("large.sql", text));
            assertThat(parts.problems()).isEmpty();
            parts.statements().forEach(Classifier::classify);
            assertThat(Checksum.of(parts.statements())).hasSize(64);
        }
        for (var piece : List.of("(", "/*", "\\x\n", "create function f() begin atomic ")) {
            var text = piece.repeat(1_000_000 / piece.length());
            assertThat(Parts.of(new Source("large.sql", text)).problems()).isNotEmpty();
        }
    }
}
