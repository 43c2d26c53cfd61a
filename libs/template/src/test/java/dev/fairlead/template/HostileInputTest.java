package dev.fairlead.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.template.parse.ParsedFile;
import dev.fairlead.template.parse.Parser;
import dev.fairlead.template.parse.SourceText;
import dev.fairlead.testkit.Repository;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// Whatever stands in a file: the end is a result or problems, never another exception.
class HostileInputTest {
    private static final List<String> PIECES =
            List.of(
                    "{{",
                    "}}",
                    "{{-",
                    "-}}",
                    "{{end}}",
                    "{{else}}",
                    "{{if .a}}",
                    "{{range .}}",
                    "{{with .}}",
                    "{{define \"x\"}}",
                    "{{template \"x\" .}}",
                    "{{block \"x\" .}}",
                    "{{include \"x\" .}}",
                    "(",
                    ")",
                    "|",
                    ":=",
                    "=",
                    ",",
                    ".",
                    "$",
                    "$x",
                    "\"",
                    "`",
                    "'",
                    "\\",
                    "/*",
                    "*/",
                    "nil",
                    "-9223372036854775808",
                    "1e999",
                    "0x",
                    "%d",
                    "%[1]*d",
                    "%s",
                    "\n",
                    "\0",
                    "\ud83d\ude00",
                    "\ud800",
                    "printf",
                    "index",
                    "slice",
                    "until",
                    "merge",
                    "dict",
                    "list",
                    "call",
                    "break",
                    "continue",
                    "len",
                    "9999999999999999999");
    private static final Limits SMALL = new Limits(100, 100_000, 100_000, Duration.ofSeconds(10));

    private static List<GoCase> cases() throws IOException {
        var all = new ArrayList<GoCase>();
        var folder = Repository.root().resolve("libs/template/src/test/resources/go");
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(".cases")).sorted().toList()) {
                all.addAll(GoCase.read(file));
            }
        }
        return all;
    }

    private static String mutated(String text, RandomGenerator random) {
        var out = new StringBuilder(text);
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            int at = random.nextInt(out.length() + 1);
            int end = Math.min(out.length(), at + random.nextInt(6));
            switch (random.nextInt(4)) {
                case 0 -> out.delete(at, end);
                case 1 -> out.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> out.insert(at, out.substring(at, end));
                default -> out.replace(at, end, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return out.toString();
    }

    @Test
    void mutatedTemplatesEndInAResultOrProblems() throws IOException {
        var random = Seeds.generator("mutated templates");
        var cases = cases();
        for (int i = Scale.of(10_000); i > 0; i--) {
            var one = cases.get(random.nextInt(cases.size()));
            var text = mutated(one.template(), random);
            var data = Json.read(one.data());
            var mode = List.of(MissingKey.values()).get(random.nextInt(4));
            try {
                var builder =
                        TemplateSet.builder()
                                .functions(Templates.FUNCTIONS)
                                .missingKey(mode)
                                .limits(SMALL);
                one.partials().forEach(builder::partial);
                builder.build().parse(new Source("main", text)).render(data);
            } catch (ProblemException expected) {
                assertThat(expected.problems()).isNotEmpty();
            } catch (RuntimeException | Error other) {
                throw new AssertionError("not a problem: " + text, other);
            }
        }
    }

    @Test
    void whatIsPrintedParsesToTheSameTree() throws IOException {
        int compared = 0;
        for (var one : cases()) {
            var parsed = parse(one.template());
            // A text between two comments is two texts, which are one when they are printed.
            if (parsed.problems().isEmpty() && !one.template().contains("/*")) {
                var printed = SourceText.of(parsed);
                var again = parse(printed);
                assertThat(again.problems()).as(printed).isEmpty();
                assertThat(SourceText.of(again)).isEqualTo(printed);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(300);
    }

    private static ParsedFile parse(String text) {
        return Parser.parse(new Source("main", text), FunctionTable.builtins());
    }
}
