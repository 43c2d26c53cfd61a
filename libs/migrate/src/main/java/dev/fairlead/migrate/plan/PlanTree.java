package dev.fairlead.migrate.plan;

import dev.fairlead.migrate.history.Applied;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Plans as plain trees, for `-o json` (docs/reference/json.md).
public final class PlanTree {
    private PlanTree() {}

    /// `{hash, database, direction, steps[{key, version, step, kind, transactional, locks[], findings[]}], …}`
    public static Map<String, Object> of(MigrationPlan plan) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("hash", plan.hash());
        tree.put("database", plan.databaseName());
        tree.put("direction", plan.direction().word());
        tree.put("steps", plan.steps().stream().map(PlanTree::step).toList());
        tree.put("changed", changed(plan));
        tree.put("missing", plan.missing().stream().map(PlanTree::applied).toList());
        tree.put("outOfOrder", plan.outOfOrder().stream().map(one -> one.id()).toList());
        tree.put(
                "unapproved",
                plan.unapproved().stream().map(one -> one.migration().id()).distinct().toList());
        tree.put("approvals", plan.unapproved().stream().map(PlanTree::demand).toList());
        tree.put("problems", plan.problems().stream().map(one -> one.toString()).toList());
        return tree;
    }

    private static Map<String, Object> demand(MigrationPlan.Demand demand) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("migration", demand.migration().id());
        tree.put("by", demand.by());
        tree.put("why", demand.why());
        return tree;
    }

    /// `{database, applied[], pending[], changed[], missing[]}`
    public static Map<String, Object> status(MigrationPlan plan) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("database", plan.databaseName());
        tree.put("applied", plan.applied().stream().map(PlanTree::applied).toList());
        tree.put(
                "pending",
                plan.steps().stream()
                        .map(step ->
                                Map.of(
                                        "key",
                                        step.migration().key().text(),
                                        "version",
                                        step.migration().version().toString(),
                                        "step",
                                        step.index() + 1,
                                        "background",
                                        step.background(),
                                        "recorded",
                                        step.accepted()))
                        .toList());
        tree.put("changed", changed(plan));
        tree.put("missing", plan.missing().stream().map(PlanTree::applied).toList());
        return tree;
    }

    private static Map<String, Object> step(PlannedStep step) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("key", step.migration().key().text());
        tree.put("version", step.migration().version().toString());
        tree.put("step", step.index() + 1);
        tree.put("kind", step.kind());
        step.step().header().description().ifPresent(text -> tree.put("description", text));
        tree.put("checksum", step.checksum());
        tree.put("transactional", step.transactional());
        tree.put("background", step.background());
        tree.put("accepted", step.accepted());
        tree.put(
                "locks",
                step.locks().stream()
                        .map(lock ->
                                Map.of(
                                        "table",
                                        lock.table().toString(),
                                        "mode",
                                        lock.mode().toString()))
                        .toList());
        tree.put(
                "findings",
                step.findings().stream()
                        .map(finding ->
                                Map.of(
                                        "rule",
                                        finding.rule(),
                                        "severity",
                                        finding.severity().word(),
                                        "what",
                                        finding.what(),
                                        "hint",
                                        finding.hint()))
                        .toList());
        return tree;
    }

    private static List<Map<String, Object>> changed(MigrationPlan plan) {
        return plan.changed().stream()
                .<Map<String, Object>>map(one -> {
                    var tree = new LinkedHashMap<String, Object>();
                    tree.put("key", one.migration().key().text());
                    tree.put("version", one.migration().version().toString());
                    tree.put("step", one.step() + 1);
                    tree.put("was", one.was());
                    tree.put("is", one.is());
                    tree.put("diff", one.diff());
                    return tree;
                })
                .toList();
    }

    private static Map<String, Object> applied(Applied one) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("key", one.key().text());
        tree.put("version", one.version().toString());
        tree.put("complete", one.complete());
        one.since().ifPresent(since -> tree.put("since", since.toString()));
        tree.put("who", one.who());
        return tree;
    }
}
