package dev.fairlead.engine.life;

import dev.fairlead.deploy.history.CriticalPath;
import dev.fairlead.deploy.history.ExecutionReport;
import dev.fairlead.deploy.history.UnitTime;
import dev.fairlead.deploy.plan.LiveDiff;
import dev.fairlead.deploy.plan.Plan.Field;
import dev.fairlead.deploy.target.Drift;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The documented shapes of `-o json` for the life of an environment.
public final class LifeShapes {
    private LifeShapes() {}

    private static Map<String, Object> of(EnvironmentRef ref) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("stack", ref.project());
        tree.put("env", ref.name());
        tree.put("slot", ref.slot());
        return tree;
    }

    /// `{stack, env, slot, target, plan, differs, units[{unit, object, action, reason?, fields[{path, from?, to?}], lines?}]}`
    public static Map<String, Object> diff(LiveDiff diff) {
        var tree = of(diff.plan().environment());
        tree.put("target", diff.plan().target().toString());
        tree.put("plan", diff.plan().hash());
        tree.put("differs", diff.differs());
        var units = new ArrayList<Map<String, Object>>();
        for (var entry : diff.units()) {
            var unit = new LinkedHashMap<String, Object>();
            unit.put("unit", entry.unit().value());
            unit.put("object", entry.object());
            unit.put("action", entry.action().toString());
            entry.reason().ifPresent(reason -> unit.put("reason", reason));
            unit.put("fields", entry.fields().stream().map(LifeShapes::field).toList());
            if (!entry.lines().isEmpty()) {
                unit.put("lines", entry.lines());
            }
            units.add(unit);
        }
        tree.put("units", units);
        return tree;
    }

    private static Map<String, Object> field(Field field) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("path", field.path());
        field.from().ifPresent(from -> tree.put("from", from));
        field.to().ifPresent(to -> tree.put("to", to));
        return tree;
    }

    /// `{stack, env, slot, target, revision, drifts, units[{unit, differences[{path, applied?, live?, what}]}]}`
    public static Map<String, Object> drift(DriftReport report) {
        var tree = of(report.ref());
        tree.put("target", report.target().toString());
        tree.put("revision", report.revision());
        tree.put("drifts", !report.drifts().isEmpty());
        var units = new LinkedHashMap<UnitName, List<Map<String, Object>>>();
        for (var drift : report.drifts()) {
            units.computeIfAbsent(drift.unit(), _ -> new ArrayList<>()).add(of(drift));
        }
        var list = new ArrayList<Map<String, Object>>();
        units.forEach((name, differences) -> {
            var unit = new LinkedHashMap<String, Object>();
            unit.put("unit", name.value());
            unit.put("differences", differences);
            list.add(unit);
        });
        tree.put("units", list);
        return tree;
    }

    private static Map<String, Object> of(Drift drift) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("path", drift.path());
        drift.applied().ifPresent(applied -> tree.put("applied", applied));
        drift.live().ifPresent(live -> tree.put("live", live));
        tree.put("what", drift.what());
        return tree;
    }

    /// `{stack, env, slot, revision, revisions[], executions[{…}]}`
    public static Map<String, Object> history(HistoryReport report) {
        var tree = of(report.ref());
        tree.put("revision", report.revision());
        tree.put("revisions", report.revisions());
        tree.put("executions", report.executions().stream().map(LifeShapes::execution).toList());
        return tree;
    }

    /// `{execution, command, by, began, ms?, outcome, what, plan?, revision?, units[{unit, stage?, began, ms?, end, what}]}`
    public static Map<String, Object> execution(ExecutionReport execution) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("execution", execution.id());
        tree.put("command", execution.command());
        tree.put("by", execution.by());
        tree.put("began", execution.began().toString());
        execution.took().ifPresent(took -> tree.put("ms", took.toMillis()));
        tree.put("outcome", execution.outcome());
        tree.put("what", execution.what());
        execution.planHash().ifPresent(hash -> tree.put("plan", hash));
        execution.revision().ifPresent(number -> tree.put("revision", number));
        tree.put("units", execution.units().stream().map(LifeShapes::time).toList());
        return tree;
    }

    private static Map<String, Object> time(UnitTime time) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("unit", time.unit().value());
        time.stage().ifPresent(stage -> tree.put("stage", stage.toString()));
        tree.put("began", time.began().toString());
        time.took().ifPresent(took -> tree.put("ms", took.toMillis()));
        tree.put("end", time.end().toString());
        tree.put("what", time.what());
        return tree;
    }

    /// `{stack, env, slot, units[{unit, stage, waitsFor[], ms?, end?, critical}], execution?, criticalPath[{unit, ms, waitedMs}]}`
    public static Map<String, Object> graph(GraphReport report) {
        var tree = of(report.ref());
        var units = new ArrayList<Map<String, Object>>();
        for (var name : report.graph().order()) {
            var node = report.graph().nodes().get(name);
            if (node == null) {
                continue;
            }
            var unit = new LinkedHashMap<String, Object>();
            unit.put("unit", name.value());
            unit.put("stage", node.stage().toString());
            unit.put("waitsFor", names(node.waitsFor()));
            Optional.ofNullable(report.times().get(name))
                    .ifPresent(time -> {
                        time.took().ifPresent(took -> unit.put("ms", took.toMillis()));
                        unit.put("end", time.end().toString());
                    });
            unit.put("critical", report.path().has(name));
            units.add(unit);
        }
        tree.put("units", units);
        report.last()
                .ifPresent(last -> {
                    tree.put("execution", last.id());
                    last.took().ifPresent(took -> tree.put("ms", took.toMillis()));
                });
        tree.put("criticalPath", path(report.path()));
        return tree;
    }

    /// `[{unit, ms, waitedMs}]`
    public static List<Map<String, Object>> path(CriticalPath path) {
        var links = new ArrayList<Map<String, Object>>();
        for (var link : path.links()) {
            var tree = new LinkedHashMap<String, Object>();
            tree.put("unit", link.unit().value());
            tree.put("ms", link.took().toMillis());
            tree.put("waitedMs", link.waited().toMillis());
            links.add(tree);
        }
        return links;
    }

    private static List<String> names(Collection<UnitName> units) {
        return units.stream().map(UnitName::value).toList();
    }
}
