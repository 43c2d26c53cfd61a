package dev.fairlead.engine.schema;

import dev.fairlead.migrate.plan.MigrationPlan;
import dev.fairlead.migrate.plan.PlanTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Migration plans as plain trees in a stated order.
public final class MigrationShapes {
    private MigrationShapes() {}

    /// What would run, as {@link PlanTree} has it, without what tells of this moment: the same for the same files and the
    /// same history.
    static Map<String, Object> stable(MigrationPlan plan) {
        return sorted(PlanTree.of(plan));
    }

    /// Maps whose order is not stated by who made them are sorted by their keys.
    public static Map<String, Object> sorted(Map<?, ?> tree) {
        Map<String, Object> copy =
                tree instanceof LinkedHashMap ? new LinkedHashMap<>() : new TreeMap<>();
        tree.forEach((key, value) -> copy.put(String.valueOf(key), value(value)));
        return copy;
    }

    private static Object value(Object value) {
        return switch (value) {
            case Map<?, ?> map -> sorted(map);
            case List<?> list -> {
                var copy = new ArrayList<Object>();
                list.forEach(item -> copy.add(value(item)));
                yield copy;
            }
            default -> value;
        };
    }
}
