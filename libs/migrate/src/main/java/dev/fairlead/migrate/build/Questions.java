package dev.fairlead.migrate.build;

import dev.fairlead.migrate.model.Check;
import dev.fairlead.migrate.plan.PlannedStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Checks and assertions of one step. Anything but true ends the script, so that a row only ever says that all held.
final class Questions {
    private final PlannedStep step;
    private final List<Map<String, Object>> results = new ArrayList<>();

    Questions(PlannedStep step) {
        this.step = step;
    }

    /// @param phase `pre`, `post` or `assertion`
    void ask(Psql script, String phase, List<Check> checks) {
        for (var check : checks) {
            if (check.expression().statements().isEmpty()) {
                script.fail(failure(phase, check));
                continue;
            }
            // A scalar sub-select: no row is NULL, several rows or columns are an error, another
            // type than boolean too.
            script.comment(phase + ": " + check.description())
                    .line("SELECT ((")
                    .line(Psql.harmless(check.expression().statements().getFirst()))
                    .set(")) IS TRUE AS fairlead_holds")
                    .demand("fairlead_holds", failure(phase, check));
            var result = new LinkedHashMap<String, Object>();
            result.put("phase", phase);
            result.put("description", check.description());
            result.put("result", "true");
            results.add(result);
        }
    }

    private String failure(String phase, Check check) {
        var name =
                switch (phase) {
                    case "pre" -> "the check before";
                    case "post" -> "the check after";
                    default -> "the assertion of";
                };
        return "%s step %d of %s did not give true: %s"
                .formatted(name, step.index() + 1, step.migration().id(), check.description());
    }

    List<Map<String, Object>> results() {
        return List.copyOf(results);
    }
}
