package dev.fairlead.migrate.plan;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.plan.MigrationPlan.Changed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Changed steps, shown line by line.
final class Differences {
    private static final int MOST_LINES = 2_000;

    private Differences() {}

    static MigrationPlan shown(MigrationPlan plan, Map<String, String> sources) {
        if (plan.changed().isEmpty()) {
            return plan;
        }
        var shown = new ArrayList<Changed>();
        for (var changed : plan.changed()) {
            var was = sources.get(changed.was());
            var steps = changed.migration().up();
            var is = changed.step() < steps.size() ? StepText.of(steps.get(changed.step())) : "";
            shown.add(
                    new Changed(
                            changed.migration(),
                            changed.step(),
                            changed.was(),
                            changed.is(),
                            was == null
                                    ? List.of()
                                    : between(was.lines().toList(), is.lines().toList())));
        }
        var told = new ArrayList<>(plan.problems());
        told.removeIf(problem -> problem.code() == MigrateCode.MIGRATION_CHANGED);
        shown.forEach(changed -> told.addFirst(problem(changed)));
        return plan.with(shown, told);
    }

    static Problem problem(Changed changed) {
        var migration = changed.migration();
        return Problem.error(
                        MigrateCode.MIGRATION_CHANGED,
                        migration.place(),
                        "step %d of %s has run with another text"
                                .formatted(changed.step() + 1, migration.id()))
                .withHint(
                        "put the old text back and write a new migration, or accept the new one: fairlead migrate repair --accept %s --reason …"
                                .formatted(migration.key()))
                .withEvidence(changed.diff());
    }

    /// The lines of both, each with ` `, `-` or `+` in front; the longest common sequence stays.
    static List<String> between(List<String> was, List<String> is) {
        if (was.size() > MOST_LINES || is.size() > MOST_LINES) {
            return List.of();
        }
        var common = new int[was.size() + 1][is.size() + 1];
        for (int i = was.size() - 1; i >= 0; i--) {
            for (int j = is.size() - 1; j >= 0; j--) {
                common[i][j] =
                        was.get(i).equals(is.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        var lines = new ArrayList<String>();
        int i = 0;
        int j = 0;
        while (i < was.size() || j < is.size()) {
            if (i < was.size() && j < is.size() && was.get(i).equals(is.get(j))) {
                lines.add("  " + was.get(i++));
                j++;
            } else if (j >= is.size() || (i < was.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add("- " + was.get(i++));
            } else {
                lines.add("+ " + is.get(j++));
            }
        }
        return lines;
    }
}
