package dev.fairlead.migrate.registry;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.goose.GooseFolder;
import dev.fairlead.migrate.model.ApprovalRule;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.source.SourceCode;
import dev.fairlead.migrate.source.SourceFolder;
import dev.fairlead.migrate.spec.RulesReader;
import dev.fairlead.migrate.spec.SpecReader;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads folders that have migrations of both kinds: goose files and specs. A file that a spec names as its script is no
/// goose file.
public final class Sources {
    private Sources() {}

    /// The migrations of a folder.
    ///
    /// @param unit whose migrations they are; goose files are named by it
    /// @param env the variables that goose files may use
    /// @throws ProblemException with everything that is wrong in the folder
    public static List<Migration> read(Path folder, String unit, Map<String, String> env) {
        var problems = new Problems();
        var migrations = read(SourceFolder.of(folder), unit, env, problems);
        problems.throwIfErrors();
        return migrations;
    }

    /// The migrations of a folder on the class path: of a jar, or of a folder of classes. A program of a data step cannot
    /// be run from a jar.
    ///
    /// @throws ProblemException with everything that is wrong in the folder
    public static List<Migration> read(
            ClassLoader loader, String folder, String unit, Map<String, String> env) {
        var found = loader.getResource(folder);
        if (found == null) {
            throw Problem.error(
                            SourceCode.MIGRATIONS_NOT_FOUND,
                            "there is no folder " + folder + " on the class path")
                    .thrown();
        }
        try {
            if (!found.getProtocol().equals("jar")) {
                return readAll(new SourceFolder(Path.of(found.toURI()), folder), unit, env);
            }
            var connection = (JarURLConnection) found.openConnection();
            var jar = Path.of(connection.getJarFileURL().toURI());
            try (var files = FileSystems.newFileSystem(jar)) {
                var path = files.getPath("/").resolve(connection.getEntryName());
                return readAll(new SourceFolder(path, folder), unit, env);
            }
        } catch (IOException | URISyntaxException e) {
            throw new ProblemException(
                    List.of(
                            Problem.error(
                                    SourceCode.MIGRATIONS_NOT_FOUND,
                                    "the folder " + folder + " on the class path cannot be read")),
                    e);
        }
    }

    private static List<Migration> readAll(
            SourceFolder folder, String unit, Map<String, String> env) {
        var problems = new Problems();
        var migrations = read(folder, unit, env, problems);
        problems.throwIfErrors();
        return migrations;
    }

    /// The migrations of a folder that could be read: specs by the names of their files, then goose files by number; each
    /// under the folder's rules of approval.
    public static List<Migration> read(
            SourceFolder folder, String unit, Map<String, String> env, Problems problems) {
        List<String> names;
        try {
            names = folder.names();
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return List.of();
        }
        var migrations = new ArrayList<Migration>();
        for (var name : names) {
            if (SpecReader.isSpec(name)) {
                spec(folder, name, problems, migrations);
            }
        }
        migrations.addAll(GooseFolder.read(folder, unit, env, scripts(migrations), problems));
        if (migrations.isEmpty() && !problems.hasErrors()) {
            problems.add(
                    Problem.error(
                                    RegistryCode.NO_MIGRATIONS,
                                    new Source(folder.shown(""), "").at(0),
                                    "no migration files found")
                            .asWarning());
        }
        if (!names.contains(RulesReader.FILE)) {
            return migrations;
        }
        var rules = rules(folder, problems);
        return migrations.stream().map(one -> one.under(rules)).toList();
    }

    private static List<ApprovalRule> rules(SourceFolder folder, Problems problems) {
        try {
            return RulesReader.read(folder.read(RulesReader.FILE), problems);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return List.of();
        }
    }

    private static void spec(
            SourceFolder folder, String name, Problems problems, List<Migration> migrations) {
        try {
            SpecReader.read(folder.read(name), folder, problems).ifPresent(migrations::add);
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
    }

    private static Set<String> scripts(List<Migration> migrations) {
        return migrations.stream()
                .flatMap(migration ->
                        Stream.concat(migration.up().stream(), migration.down().stream()))
                .flatMap(step ->
                        step instanceof Step.Data(_, Script.File file)
                                ? Stream.of(file.path().normalize().toString())
                                : Stream.empty())
                .collect(Collectors.toSet());
    }
}
