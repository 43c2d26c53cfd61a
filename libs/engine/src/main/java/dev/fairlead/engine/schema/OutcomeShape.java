package dev.fairlead.engine.schema;

import dev.fairlead.engine.Shapes;
import dev.fairlead.migrate.MigrateOutcome;
import dev.fairlead.migrate.MigrateOutcome.AppliedStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How a run ended as a plain tree: `{outcome, applied[{key, version, direction, step, rows, ms, recorded}], …,
/// problems[]}`.
public final class OutcomeShape {
    private OutcomeShape() {}

    public static Map<String, Object> of(MigrateOutcome outcome) {
        var tree = new LinkedHashMap<String, Object>();
        switch (outcome) {
            case MigrateOutcome.Done(var hash, var applied, var background) -> {
                tree.put("outcome", "done");
                tree.put("plan", hash);
                tree.put("applied", steps(applied));
                tree.put("background", texts(background));
            }
            case MigrateOutcome.Stopped(var applied, var failed, var notTried) -> {
                tree.put("outcome", "stopped");
                tree.put("applied", steps(applied));
                var failure = new LinkedHashMap<String, Object>();
                failure.put("key", failed.key().text());
                failure.put("version", failed.version().toString());
                failure.put("step", failed.step() + 1);
                failure.put("stays", failed.stays());
                tree.put("failed", failure);
                tree.put("notTried", texts(notTried));
            }
            case MigrateOutcome.Busy(var holder) -> {
                tree.put("outcome", "busy");
                tree.put("applied", List.of());
                tree.put("holder", holder.who());
                tree.put("since", holder.since().toString());
            }
            case MigrateOutcome.Waiting(var applied, _) -> {
                tree.put("outcome", "waiting");
                tree.put("applied", steps(applied));
            }
            case MigrateOutcome.Refused _ -> {
                tree.put("outcome", "refused");
                tree.put("applied", List.of());
            }
        }
        tree.putAll(Shapes.problems(outcome.problems()));
        tree.remove("version");
        return tree;
    }

    private static List<String> texts(List<?> keys) {
        return keys.stream().map(String::valueOf).toList();
    }

    private static List<Map<String, Object>> steps(List<AppliedStep> steps) {
        return steps.stream().map(OutcomeShape::step).toList();
    }

    private static Map<String, Object> step(AppliedStep step) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("key", step.key().text());
        tree.put("version", step.version().toString());
        tree.put("direction", step.direction().word());
        tree.put("step", step.step() + 1);
        tree.put("rows", step.rows());
        tree.put("ms", step.took().toMillis());
        tree.put("recorded", step.recorded());
        return tree;
    }
}
