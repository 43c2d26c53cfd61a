package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.graph.GraphTree;
import dev.fairlead.deploy.image.ImageStep;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Plan.Change;
import dev.fairlead.deploy.plan.Plan.Reorder;
import dev.fairlead.deploy.plan.Plan.Restart;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A plan as the plain tree that `plan -o json` prints and a saved plan holds.
public final class PlanTree {
    private PlanTree() {}

    public static Map<String, Object> of(Plan plan) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", 1);
        tree.put("stack", plan.environment().project());
        tree.put("env", plan.environment().name());
        tree.put("slot", plan.environment().slot());
        tree.put("target", plan.target().toString());
        tree.put("hash", plan.hash());
        tree.put("inputHash", plan.inputHash());
        tree.put("snapshotHash", plan.snapshotHash());
        tree.put("summary", summary(plan));
        tree.put("changes", plan.changes().stream().map(PlanTree::of).toList());
        tree.put("restarts", restarts(plan.restarts()));
        tree.put("starts", restarts(plan.starts()));
        tree.put("reorders", reorders(plan.reorders()));
        tree.put("order", order(plan));
        if (!plan.parts().isEmpty()) {
            tree.put("parts", plan.parts().stream().map(PlanTree::shown).toList());
        }
        if (!plan.images().isEmpty()) {
            tree.put("images", plan.images().stream().map(PlanTree::of).toList());
        }
        if (!plan.objects().refusals().isEmpty()) {
            tree.put("refused", refusals(plan.objects().refusals()));
        }
        tree.put("notes", plan.notes());
        return tree;
    }

    private static Map<String, Object> shown(KindPlan part) {
        var tree = of(part);
        tree.put("plan", part.shown());
        return tree;
    }

    static List<Map<String, Object>> refusals(List<Problem> refusals) {
        var list = new ArrayList<Map<String, Object>>();
        for (var refusal : refusals) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("code", refusal.code().name());
            entry.put("what", refusal.what());
            entry.put("hint", refusal.advice());
            list.add(entry);
        }
        return list;
    }

    static Map<String, Object> of(KindPlan part) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("unit", part.unit().value());
        tree.put("kind", part.kind());
        tree.put("state", part.state().toString());
        tree.put("reason", part.reason());
        tree.put("plan", part.tree());
        return tree;
    }

    private static Map<String, Object> of(ImageStep step) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", step.name());
        tree.put("reference", step.reference());
        tree.put("action", step.action().toString());
        step.digest().ifPresent(digest -> tree.put("digest", digest));
        tree.put("reason", step.why());
        return tree;
    }

    private static Map<String, Object> summary(Plan plan) {
        var counts = new LinkedHashMap<String, Object>();
        for (var action : Action.values()) {
            counts.put(
                    action.toString(),
                    (int)
                            plan.changes().stream()
                                    .filter(change -> change.action() == action)
                                    .count());
        }
        return counts;
    }

    static Map<String, Object> of(Change change) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("unit", change.unit().value());
        tree.put("object", change.object());
        tree.put("action", change.action().toString());
        var fields = new ArrayList<Map<String, Object>>();
        for (var field : change.fields()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("path", field.path());
            field.from().ifPresent(from -> entry.put("from", from));
            field.to().ifPresent(to -> entry.put("to", to));
            fields.add(entry);
        }
        tree.put("fields", fields);
        change.reason().ifPresent(reason -> tree.put("reason", reason));
        return tree;
    }

    private static List<Map<String, Object>> restarts(List<Restart> restarts) {
        var list = new ArrayList<Map<String, Object>>();
        for (var restart : restarts) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("unit", restart.unit().value());
            entry.put("why", restart.why());
            list.add(entry);
        }
        return list;
    }

    static List<Map<String, Object>> reorders(List<Reorder> reorders) {
        var list = new ArrayList<Map<String, Object>>();
        for (var reorder : reorders) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("unit", reorder.unit().value());
            entry.put("what", reorder.what());
            list.add(entry);
        }
        return list;
    }

    private static List<Map<String, Object>> order(Plan plan) {
        var nodes = new TreeMap<UnitName, Graph.Node>();
        plan.steps()
                .forEach(step ->
                        nodes.put(
                                step.unit(),
                                new Graph.Node(step.stage(), step.waitsFor(), Duration.ZERO)));
        var trees = GraphTree.of(new Graph(nodes));
        var order = new ArrayList<Map<String, Object>>();
        for (var step : plan.steps()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("unit", step.unit().value());
            if (trees.get(step.unit().value()) instanceof Map<?, ?> node) {
                node.forEach((key, value) -> entry.put(String.valueOf(key), value));
            }
            entry.remove("timeoutMs");
            order.add(entry);
        }
        return order;
    }
}
