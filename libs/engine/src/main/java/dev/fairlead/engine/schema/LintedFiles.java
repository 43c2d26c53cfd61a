package dev.fairlead.engine.schema;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.engine.EngineCode;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.migrate.lint.Finding;
import dev.fairlead.migrate.lint.LintOptions;
import dev.fairlead.migrate.lint.Linter;
import dev.fairlead.migrate.lint.LiveFacts;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.Names;
import java.util.List;

/// What can be said about a stack's migrations without a database: files that cannot be read, dependencies that do not
/// resolve, and what the rules find.
public final class LintedFiles {
    private LintedFiles() {}

    /// Reports into `problems`; what the rules find only as warnings, because which of the migrations have run long ago
    /// is known to the database alone.
    public static void check(Environment environment, MigrationFiles files, Problems problems) {
        var found = files.all(environment, problems);
        if (problems.hasErrors()) {
            return;
        }
        for (var migrations : found.values()) {
            findings(migrations).stream()
                    .filter(finding -> finding.severity() == Severity.ERROR)
                    .map(finding -> problem(finding).asWarning())
                    .forEach(problems::add);
        }
    }

    /// What the rules find in migrations that would all run on an empty database.
    public static List<Finding> findings(List<Migration> migrations) {
        return Linter.lint(migrations, LiveFacts.NONE, LintOptions.DEFAULTS);
    }

    /// What the rules find in the migrations behind one of them, in a database where it and all before it have run: what
    /// those made holds data.
    ///
    /// @param last a key, `key@version` or a goose file's number
    /// @throws dev.fairlead.diagnostic.ProblemException `UNKNOWN_MIGRATION`
    public static List<Finding> after(List<Migration> migrations, String last) {
        int ran = migrations.indexOf(Names.require(migrations, last)) + 1;
        return Linter.lint(
                migrations.subList(ran, migrations.size()),
                LiveFacts.NONE,
                LintOptions.DEFAULTS.after(migrations.subList(0, ran)));
    }

    public static Problem problem(Finding finding) {
        var problem =
                Problem.error(
                                EngineCode.MIGRATION_LINT,
                                finding.place(),
                                finding.rule() + ": " + finding.what())
                        .withHint(finding.hint());
        return finding.severity() == Severity.ERROR ? problem : problem.asWarning();
    }
}
