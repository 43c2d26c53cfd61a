package dev.fairlead.engine.schema;

import dev.fairlead.migrate.Rehearsal;
import dev.fairlead.migrate.model.Migration;
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

    /// What is part of a deploy's plan: the same for the same files and the same history. What has run is named without
    /// its time and who did it. What lint finds is no part of it: it goes by the sizes of the moment.
    static Map<String, Object> stable(MigrationPlan plan) {
        var tree = new LinkedHashMap<>(plan(plan.with(List.of())));
        tree.put("missing", plan.missing().stream().map(one -> one.id()).toList());
        // Whether it has been approved meanwhile makes no other plan of it: it may have been saved
        // before.
        tree.remove("unapproved");
        tree.remove("approvals");
        tree.put(
                "approval",
                plan.migrations().stream().filter(Migration::approval).map(Migration::id).toList());
        return tree;
    }

    /// What `migrate plan -o json` prints.
    public static Map<String, Object> plan(MigrationPlan plan) {
        return sorted(PlanTree.of(plan));
    }

    /// `[{key, version, step, outcome, ms?, rows?, locks[{relation, mode, ms}]?, why?}]`
    public static List<Map<String, Object>> rehearsal(Rehearsal rehearsal) {
        return RehearsalLines.tree(rehearsal);
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
