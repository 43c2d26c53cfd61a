package dev.fairlead.template;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// One case of a `.cases` file.
record GoCase(String line, String template, String data, String missing, List<Source> partials) {
    private static final GoCase NOTHING = new GoCase("", "", "null", "default", List.of());

    static List<GoCase> read(Path file) throws IOException {
        var cases = new ArrayList<GoCase>();
        var now = NOTHING;
        for (var line : Files.readAllLines(file)) {
            int space = line.indexOf(' ');
            var word = space < 0 ? line : line.substring(0, space);
            var rest = space < 0 ? "" : line.substring(space + 1);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            now =
                    switch (word) {
                        case "@reset" -> NOTHING;
                        case "@data" -> new GoCase("", "", rest, now.missing, now.partials);
                        case "@missing" -> new GoCase("", "", now.data, rest, now.partials);
                        case "@partial" -> new GoCase("", "", now.data, now.missing, now.and(rest));
                        default -> {
                            cases.add(
                                    new GoCase(
                                            line,
                                            unfold(line),
                                            now.data,
                                            now.missing,
                                            now.partials));
                            yield now;
                        }
                    };
        }
        return cases;
    }

    private List<Source> and(String partial) {
        int cut = partial.indexOf(" :: ");
        var more = new ArrayList<>(partials);
        more.add(new Source(partial.substring(0, cut), unfold(partial.substring(cut + 4))));
        return more;
    }

    /// What this library makes of it, as the Go program writes it: `= text` or `! error`.
    String outcome() {
        try {
            return "= " + fold(rendered());
        } catch (ProblemException wrong) {
            return "! " + fold(goError(wrong.problems().getFirst()));
        }
    }

    String rendered() {
        var builder =
                TemplateSet.builder()
                        .missingKey(MissingKey.valueOf(missing.toUpperCase(Locale.ROOT)));
        partials.forEach(builder::partial);
        var parsed = builder.build().parse(new Source("main", template));
        return parsed.render(Json.read(data)).text().reveal();
    }

    /// A problem in the form of Go's error: the column counts bytes from 0, and parse errors have none.
    static String goError(Problem problem) {
        var place = problem.place().orElseThrow();
        var where = place.file() + ":" + place.line();
        if (problem.what().startsWith("executing ")) {
            var line = place.source().line(place.line());
            int end = line.offsetByCodePoints(0, place.column() - 1);
            where += ":" + line.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
        }
        return "template: " + where + ": " + problem.what();
    }

    static String unfold(String text) {
        return text.replace("⏎", "\n").replace("⇥", "\t");
    }

    static String fold(String text) {
        return text.replace("\n", "⏎").replace("\t", "⇥").replace("\r", "␍").replace("\0", "␀");
    }

    String golden() {
        return Objects.requireNonNull(line) + "\n\t" + outcome() + "\n";
    }
}
