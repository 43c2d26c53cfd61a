package dev.fairlead.migrate.goose;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.source.SourceFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A folder of goose files as migrations. Every file is read, every problem of every file is reported.
///
/// The key of a file is `<unit>.sql.<number>`, its version 1.0.0. Its Up part is one step: in one transaction, or
/// statement by statement where the file says NO TRANSACTION. What a Down part that cannot be read means is the command
/// goose's: Up runs. That is a warning, and the migration has no way back.
public final class GooseFolder {
    private final SourceFolder folder;
    private final String unit;
    private final Map<String, String> env;
    private final Problems problems;

    private GooseFolder(
            SourceFolder folder, String unit, Map<String, String> env, Problems problems) {
        this.folder = folder;
        this.unit = unit;
        this.env = env;
        this.problems = problems;
    }

    /// The migrations of a folder, by number.
    ///
    /// @param env the variables that ENVSUB may use
    /// @throws ProblemException with everything that is wrong in the folder
    public static List<Migration> read(Path folder, String unit, Map<String, String> env) {
        var problems = new Problems();
        var migrations = read(SourceFolder.of(folder), unit, env, Set.of(), problems);
        problems.throwIfErrors();
        return migrations;
    }

    /// The migrations of a folder that could be read, by number.
    ///
    /// @param others names of files in the folder that are no migrations, though they end in `.sql`: scripts of specs
    public static List<Migration> read(
            SourceFolder folder,
            String unit,
            Map<String, String> env,
            Set<String> others,
            Problems problems) {
        try {
            return new GooseFolder(folder, unit, env, problems)
                    .read(folder.names().stream().filter(name -> !others.contains(name)).toList());
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return List.of();
        }
    }

    private List<Migration> read(List<String> names) {
        var byNumber = new TreeMap<Long, FileName>();
        for (var suffix : List.of(".sql", ".go")) {
            for (var name : names) {
                if (name.endsWith(suffix) && !name.endsWith("_test.go")) {
                    number(name, byNumber);
                }
            }
        }
        refuseGo(
                byNumber.values().stream()
                        .map(FileName::name)
                        .filter(name -> name.endsWith(".go"))
                        .toList());
        var migrations = new ArrayList<Migration>();
        for (var file : byNumber.values()) {
            if (file.name().endsWith(".sql")) {
                var read = new GooseReader(folder, unit, env).read(file);
                problems.addAll(read.problems());
                read.migration().ifPresent(migrations::add);
            }
        }
        return migrations;
    }

    private void number(String name, Map<Long, FileName> byNumber) {
        try {
            var read = FileName.of(name);
            var former = byNumber.putIfAbsent(read.number(), read);
            if (former != null) {
                problems.add(
                        Problem.error(
                                GooseCode.GOOSE_DUPLICATE,
                                beginning(name),
                                "found duplicate migration version %d:\n\texisting:%s\n\tcurrent:%s"
                                        .formatted(read.number(), former.name(), name)));
            }
        } catch (FileName.Refused e) {
            // Beside migrations, a .go file without a number is a part of their program.
            if (name.endsWith(".sql")) {
                problems.add(
                        Problem.error(
                                GooseCode.GOOSE_FILE_NAME,
                                beginning(name),
                                "could not parse SQL migration file "
                                        + GoText.quoted(name)
                                        + ": "
                                        + e.what()));
            }
        }
    }

    private void refuseGo(List<String> names) {
        if (!names.isEmpty()) {
            problems.add(
                    Problem.error(
                                    GooseCode.GOOSE_GO_MIGRATION,
                                    beginning(names.getFirst()),
                                    "detected %d unregistered Go file%s:\n\t%s"
                                            .formatted(
                                                    names.size(),
                                                    names.size() > 1 ? "s" : "",
                                                    String.join("\n\t", names)))
                            .withHint(
                                    "go functions must be registered and built into a custom binary see: https://github.com/pressly/goose/tree/master/examples/go-migrations"));
        }
    }

    private Place beginning(String name) {
        return new Source(folder.shown(name), "").at(0);
    }
}
