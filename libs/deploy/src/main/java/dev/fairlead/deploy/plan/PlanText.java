package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.plan.Plan.Action;
import java.util.ArrayList;
import java.util.List;

/// A plan in a few words.
public final class PlanText {
    private PlanText() {}

    /// `2 to create, 1 to update, 3 to start, 1 to remove, 1 to record (plan 0123abcd)`.
    public static String summary(Plan plan) {
        var parts = new ArrayList<String>();
        for (var action : List.of(Action.CREATE, Action.UPDATE, Action.RECREATE, Action.ADOPT)) {
            count(parts, plan, action, action.toString());
        }
        if (!plan.starts().isEmpty()) {
            parts.add(plan.starts().size() + " to start");
        }
        count(parts, plan, Action.PRUNE, "remove");
        if (!plan.reorders().isEmpty()) {
            parts.add(plan.reorders().size() + " to record");
        }
        var what = parts.isEmpty() ? "nothing to change" : String.join(", ", parts);
        return what + " (plan " + plan.hash().substring(0, 8) + ")";
    }

    private static void count(List<String> parts, Plan plan, Action action, String word) {
        long count = plan.changes().stream().filter(change -> change.action() == action).count();
        if (count > 0) {
            parts.add(count + " to " + word);
        }
    }
}
