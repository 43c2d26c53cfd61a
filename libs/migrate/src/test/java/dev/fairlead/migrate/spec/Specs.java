package dev.fairlead.migrate.spec;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.source.SourceFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Reads specs in tests.
final class Specs {
    static final String META = "meta: { name: a.b.2025_01_c, version: 1 }\n";

    private Specs() {}

    static Optional<Migration> read(String text, Path folder, Problems problems) {
        return read("a.migration.yaml", text, folder, problems);
    }

    static Optional<Migration> read(String name, String text, Path folder, Problems problems) {
        return SpecReader.read(new Source(name, text), new SourceFolder(folder, ""), problems);
    }

    /// A spec in which nothing is wrong.
    static Migration good(String text, Path folder) {
        return good("a.migration.yaml", text, folder);
    }

    static Migration good(String name, String text, Path folder) {
        var problems = new Problems();
        var migration = read(name, text, folder, problems);
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.list().toString());
        }
        return migration.orElseThrow();
    }

    /// The errors of a spec, each as `CODE line:column what; hint`.
    static List<String> errors(String text, Path folder) {
        var problems = new Problems();
        var migration = read(text, folder, problems);
        if (migration.isPresent() == problems.hasErrors()) {
            throw new AssertionError("a migration or errors, not both or none: " + problems.list());
        }
        return problems.list().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(Specs::shown)
                .toList();
    }

    private static String shown(Problem problem) {
        var place = problem.place().orElseThrow();
        return "%s %d:%d %s%s"
                .formatted(
                        problem.code().name(),
                        place.line(),
                        place.column(),
                        problem.what(),
                        problem.hint().map(hint -> "; " + hint).orElse(""));
    }

    /// A spec with one step.
    static String step(String step) {
        return META + "plan:\n  up:\n    - " + step.strip().replace("\n", "\n      ") + "\n";
    }
}
