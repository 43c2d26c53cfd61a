package dev.fairlead.migrate.registry;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.model.Meta;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Version;
import dev.fairlead.migrate.source.SourceFolder;
import dev.fairlead.migrate.spec.SpecReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/// Migrations for tests.
final class Migrations {
    private Migrations() {}

    /// Read from a spec of this name, version and dependencies.
    static Migration spec(String key, String version, String... dependencies) {
        var text =
                "meta: { name: %s, version: \"%s\" }\nplan: { up: [ { kind: schema, sql: SELECT 1 } ] }\ndependencies: [ %s ]\n"
                        .formatted(
                                key,
                                version,
                                Arrays.stream(dependencies)
                                        .map(dependency -> '"' + dependency + '"')
                                        .collect(Collectors.joining(", ")));
        var problems = new Problems();
        return SpecReader.read(
                        new Source(key + "-" + version + ".migration.yaml", text),
                        SourceFolder.of(Path.of("")),
                        problems)
                .orElseThrow(() -> new AssertionError(problems.list()));
    }

    /// As read from a goose file.
    static Migration goose(String unit, long number) {
        return new Migration(
                new MigrationKey(unit + ".sql." + number),
                version("1"),
                Meta.NONE,
                new Source(unit + "/" + number + "_x.sql", "").at(0),
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                OptionalLong.of(number),
                List.of(),
                false);
    }

    static Version version(String text) {
        return Version.parse(text).orElseThrow();
    }

    static List<String> order(Migration... migrations) {
        return Order.of(Registry.of(List.of(migrations))).migrations().stream()
                .map(Migration::id)
                .toList();
    }

    /// What is wrong with migrations together, each as `CODE file:line:column what; hint`.
    static List<String> problems(Migration... migrations) {
        return Assertions.catchThrowableOfType(ProblemException.class, () -> order(migrations))
                .problems()
                .stream()
                .map(Problem::toString)
                .toList();
    }
}
