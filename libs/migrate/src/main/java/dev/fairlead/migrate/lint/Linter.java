package dev.fairlead.migrate.lint;

import dev.fairlead.migrate.model.Migration;
import java.util.List;

/// Looks for what is dangerous in migrations that have not run yet.
public final class Linter {
    private Linter() {}

    /// What the rules find, in the order in which the migrations would run, inside of one in the order of the file.
    ///
    /// @param pending in the order in which they would run; tables that one of them makes are empty for those after it
    public static List<Finding> lint(
            List<Migration> pending, LiveFacts facts, LintOptions options) {
        return new Pass(facts, options).run(pending);
    }
}
