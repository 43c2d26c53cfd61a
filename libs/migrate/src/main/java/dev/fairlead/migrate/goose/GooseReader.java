package dev.fairlead.migrate.goose;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.model.Meta;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.model.Version;
import dev.fairlead.migrate.source.SourceFolder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads one goose file as a migration.
final class GooseReader {
    private static final Version VERSION = new Version(List.of(1L, 0L, 0L), List.of());

    private final SourceFolder folder;
    private final String unit;
    private final Map<String, String> env;
    private final Problems problems = new Problems();

    /// What came of a file.
    record Read(Optional<Migration> migration, List<Problem> problems) {}

    GooseReader(SourceFolder folder, String unit, Map<String, String> env) {
        this.folder = folder;
        this.unit = unit;
        this.env = env;
    }

    Read read(FileName file) {
        var migration = migration(file);
        return new Read(migration, problems.list());
    }

    private Optional<Migration> migration(FileName named) {
        try {
            var source = GooseParser.unified(folder.read(named.name()));
            var up = GooseParser.parse(source, GooseParser.Direction.UP, env);
            problems.addAll(up.warnings());
            var steps = steps(source, up);
            return Optional.of(
                    new Migration(
                            new MigrationKey(unit + ".sql." + named.number()),
                            VERSION,
                            titled(named.title()),
                            source.at(0),
                            steps,
                            down(source),
                            Optional.empty(),
                            List.of(),
                            OptionalLong.of(named.number()),
                            List.of(),
                            false));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private List<Step> down(Source source) {
        try {
            var parsed = GooseParser.parse(source, GooseParser.Direction.DOWN, env);
            problems.addAll(parsed.warnings());
            return steps(source, parsed);
        } catch (ProblemException e) {
            for (var problem : e.problems()) {
                problems.add(
                        new Problem(
                                        GooseCode.GOOSE_NO_WAY_BACK,
                                        problem.severity(),
                                        problem.place(),
                                        problem.what(),
                                        problem.hint()
                                                .or(() -> Optional.of(problem.code().remedy())),
                                        problem.trace())
                                .asWarning());
            }
            return List.of();
        }
    }

    private List<Step> steps(Source source, GooseParser.Parsed parsed) {
        var sql = GooseSql.of(source, parsed.statements());
        return sql.queries().isEmpty()
                ? List.of()
                : List.of(
                        new Step.Schema(
                                Step.Header.at(sql.queries().getFirst().place()),
                                sql,
                                parsed.transactional()));
    }

    private static Meta titled(String title) {
        return new Meta(
                Optional.of(title),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }
}
