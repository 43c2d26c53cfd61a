package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.goose.GooseFolder;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.source.SourceFolder;
import dev.fairlead.migrate.spec.SpecReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Migrations from texts, through the readers that the command uses.
final class Written {
    private Written() {}

    /// The migrations of a text: SQL, goose files or specs, parted by {@link Rule#NEXT}.
    static List<Migration> migrations(String text) {
        return migrations(text, 1);
    }

    static List<Migration> migrations(String text, int firstNumber) {
        var all = new ArrayList<Migration>();
        int number = firstNumber;
        for (var part : text.split(Rule.NEXT + "\n", -1)) {
            all.add(part.startsWith("meta:") ? spec(part) : goose(part, number));
            number++;
        }
        return all;
    }

    private static Migration spec(String text) {
        var problems = new Problems();
        var read =
                SpecReader.read(
                        new Source("note.migration.yaml", text),
                        SourceFolder.of(Path.of(".")),
                        problems);
        problems.throwIfErrors();
        return read.orElseThrow();
    }

    private static Migration goose(String text, int number) {
        var file = text.contains("+goose Up") ? text : "-- +goose Up\n" + text;
        try {
            var folder = Files.createTempDirectory("goose");
            var path = folder.resolve("%04d_example.sql".formatted(number));
            try {
                Files.writeString(path, file.endsWith("\n") ? file : file + "\n");
                return GooseFolder.read(folder, "shop", Map.of()).getFirst();
            } finally {
                Files.deleteIfExists(path);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What is found without a database.
    static List<Finding> lint(String text) {
        return Linter.lint(migrations(text), LiveFacts.NONE, LintOptions.DEFAULTS);
    }

    /// What is found when these migrations have run before.
    static List<Finding> lintAfter(String applied, String text) {
        var before = migrations(applied);
        return Linter.lint(
                migrations(text, before.size() + 1),
                LiveFacts.NONE,
                LintOptions.DEFAULTS.after(before));
    }

    static List<Finding> lint(String text, LiveFacts facts) {
        return Linter.lint(migrations(text), facts, LintOptions.DEFAULTS);
    }

    static List<String> rules(List<Finding> findings) {
        return findings.stream().map(Finding::rule).toList();
    }
}
