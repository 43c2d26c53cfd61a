package dev.fairlead.engine;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.EventTree;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.explain.Explanation;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.PlanTree;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.RenderedEnvironment.RenderedObject;
import dev.fairlead.inventory.environment.Origin;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;

/// The documented shapes of `-o json`, as plain trees. Others build on them: fields are added, never renamed.
public final class Shapes {
    private static final int VERSION = 1;

    private Shapes() {}

    /// `{problems[{code, severity, file, line, column, what, hint?}]}`; what has no place has no file, line and column.
    public static Map<String, Object> problems(List<Problem> problems) {
        var tree = versioned();
        tree.put("problems", problems.stream().map(Shapes::problem).toList());
        return tree;
    }

    public static Map<String, Object> validate(Checked checked) {
        var tree = problems(checked.problems());
        tree.put("ok", checked.ok());
        checked.environment()
                .ifPresent(ref -> {
                    tree.put("stack", ref.project());
                    tree.put("env", ref.name());
                    tree.put("slot", ref.slot());
                });
        tree.put("units", checked.units());
        return tree;
    }

    /// `{objects[…], sources[{object, unit, manifest, file?, line?, injected[{path, why}]}], processes[…]}`: one source per
    /// object, in the same order.
    public static Map<String, Object> render(RenderedEnvironment rendered) {
        var tree = versioned();
        tree.put("stack", rendered.environment().project());
        tree.put("env", rendered.environment().name());
        tree.put("slot", rendered.environment().slot());
        tree.put("objects", rendered.objects().stream().map(RenderedObject::tree).toList());
        tree.put("sources", rendered.objects().stream().map(Shapes::source).toList());
        tree.put("processes", rendered.processes());
        tree.put("notes", rendered.notes());
        return tree;
    }

    private static Map<String, Object> source(RenderedObject object) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("object", ObjectRef.of(object.tree()).toString());
        tree.put("unit", object.unit().value());
        tree.put("manifest", object.origin().manifest());
        object.origin()
                .place()
                .ifPresent(place -> {
                    tree.put("file", place.file());
                    tree.put("line", place.line());
                });
        var injected = new ArrayList<Map<String, Object>>();
        for (var one : object.origin().injected()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("path", one.path());
            entry.put("why", one.why());
            injected.add(entry);
        }
        tree.put("injected", injected);
        return tree;
    }

    /// `{origins[{key, value, layer, file?, line?, column?, written?, imports[], over[], reads[]}]}`
    public static Map<String, Object> origins(List<Origin> origins) {
        var tree = versioned();
        tree.put("origins", origins.stream().map(Shapes::origin).toList());
        return tree;
    }

    private static Map<String, Object> origin(Origin origin) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("key", origin.key());
        tree.put("value", origin.value());
        tree.put("layer", origin.layer());
        origin.written().ifPresent(written -> written(tree, written));
        tree.put("imports", origin.imports().stream().map(Place::toString).toList());
        var over = new ArrayList<Map<String, Object>>();
        for (var other : origin.over()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("layer", other.layer());
            written(entry, other.written());
            over.add(entry);
        }
        tree.put("over", over);
        tree.put("reads", origin.reads().stream().map(Shapes::origin).toList());
        return tree;
    }

    private static void written(Map<String, Object> tree, Origin.Written written) {
        tree.put("file", written.place().file());
        tree.put("line", written.place().line());
        tree.put("column", written.place().column());
        tree.put("written", written.text());
    }

    /// `{hash, inputHash, snapshotHash, summary, changes[], restarts[], …}`
    public static Map<String, Object> plan(Plan plan) {
        return PlanTree.of(plan);
    }

    /// The same, with `refused[]`: what keeps it from being applied.
    public static Map<String, Object> plan(Planned planned) {
        var tree = new LinkedHashMap<>(plan(planned.plan()));
        tree.put("refused", planned.refusals().stream().map(Shapes::problem).toList());
        return tree;
    }

    /// `{time, execution, kind, unit?, stage?, what?, ms?}`: one object per line, without a version.
    public static Map<String, Object> event(Event event) {
        return EventTree.of(event);
    }

    /// `{outcome, what, exitCode, acted[], units[{unit, code, what, since, advice[], evidence[]}], notTried{}, problems[]}`
    public static Map<String, Object> outcome(Outcome outcome) {
        var tree = versioned();
        tree.put("outcome", outcome.word());
        tree.put("what", outcome.sentence());
        tree.put("exitCode", outcome.exitCode());
        switch (outcome) {
            case Outcome.Ready(var acted) -> tree.put("acted", names(acted));
            case Outcome.Stuck(var units, var notTried) -> troubles(tree, units, notTried);
            case Outcome.Failed(var units, var notTried) -> troubles(tree, units, notTried);
            case Outcome.Superseded(var by) -> tree.put("by", by);
            case Outcome.Interrupted(var unfinished) -> tree.put("unfinished", names(unfinished));
            case Outcome.Busy(var holder, var execution) -> {
                tree.put("holder", holder.description());
                tree.put("execution", execution);
            }
            case Outcome.Stale(var planned, var now, var differences) -> {
                tree.put("planned", planned);
                tree.put("now", now);
                tree.put("differences", differences);
            }
        }
        tree.put("problems", outcome.problems().stream().map(Shapes::problem).toList());
        return tree;
    }

    /// `{stack, env, slot, target, state, units[{name, stage, state, since, reason?, ports{}, url?}]}`
    public static Map<String, Object> status(EnvironmentReport report) {
        var tree = versioned();
        tree.put("stack", report.ref().project());
        tree.put("env", report.ref().name());
        tree.put("slot", report.ref().slot());
        tree.put("target", report.target().toString());
        tree.put("state", report.state().toString());
        report.atWork()
                .ifPresent(lease ->
                        tree.put(
                                "atWork",
                                Map.of(
                                        "execution",
                                        lease.execution(),
                                        "holder",
                                        lease.holder().description())));
        tree.put("units", report.units().stream().map(Shapes::unit).toList());
        tree.put("notes", report.notes());
        return tree;
    }

    private static Map<String, Object> unit(UnitReport unit) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", unit.name().value());
        tree.put("stage", unit.stage().toString());
        tree.put("state", unit.state().toString());
        tree.put("since", unit.since().toString());
        unit.cause().ifPresent(cause -> tree.put("reason", cause.what()));
        if (!unit.waitsFor().isEmpty()) {
            tree.put("waitsFor", names(unit.waitsFor()));
        }
        unit.deadline().ifPresent(deadline -> tree.put("deadline", deadline.toString()));
        tree.put("ports", unit.ports());
        unit.url().ifPresent(url -> tree.put("url", url));
        unit.pid().ifPresent(pid -> tree.put("pid", pid));
        tree.put("restarts", unit.restarts());
        unit.reload()
                .ifPresent(reload -> {
                    var entry = new LinkedHashMap<String, Object>();
                    entry.put("current", reload.current());
                    reload.editToServed().ifPresent(took -> entry.put("ms", took.toMillis()));
                    reload.failedBuild().ifPresent(lines -> entry.put("failedBuild", lines));
                    tree.put("reload", entry);
                });
        return tree;
    }

    /// `{unit, state, rootCause{code, what, since, advice[], file?, line?, column?}, chain[{unit, waitsFor}], reason?, deadline?}`. Without an asked unit
    /// it is that of the unit most to blame, and `units` has the shape of every unit that is not ready.
    public static Map<String, Object> explain(Explained explained) {
        var tree = versioned();
        if (explained.explanations().isEmpty()) {
            tree.put("state", explained.environment().state().toString());
            tree.put("chain", List.of());
            explained
                    .obstacle()
                    .ifPresent(problem -> {
                        var root = problem(problem);
                        root.put("advice", List.of(problem.advice()));
                        tree.put("rootCause", root);
                    });
        } else {
            tree.putAll(explanation(explained.explanations().getFirst(), explained.places()));
        }
        if (explained.asked().isEmpty()) {
            tree.put(
                    "units",
                    explained.explanations().stream()
                            .map(one -> explanation(one, explained.places()))
                            .toList());
        }
        tree.put("notes", explained.environment().notes());
        return tree;
    }

    private static Map<String, Object> explanation(
            Explanation explanation, SortedMap<UnitName, Place> places) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("unit", explanation.unit().value());
        tree.put("state", explanation.state().toString());
        tree.put("since", explanation.since().toString());
        explanation
                .rootCause()
                .ifPresent(root -> {
                    var cause = cause(root.cause(), root.since().toString());
                    cause.put("unit", root.unit().value());
                    Optional.ofNullable(places.get(root.unit())).ifPresent(at -> put(cause, at));
                    tree.put("rootCause", cause);
                });
        var chain = new ArrayList<Map<String, Object>>();
        for (var link : explanation.chain()) {
            var entry = new LinkedHashMap<String, Object>();
            entry.put("unit", link.unit().value());
            entry.put("waitsFor", names(link.waitsFor()));
            chain.add(entry);
        }
        tree.put("chain", chain);
        explanation.own().ifPresent(own -> tree.put("reason", own.what()));
        explanation.deadline().ifPresent(deadline -> tree.put("deadline", deadline.toString()));
        return tree;
    }

    private static Map<String, Object> cause(Cause cause, String since) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("code", cause.code().name());
        tree.put("what", cause.what());
        tree.put("since", since);
        tree.put("advice", cause.advice());
        tree.put("evidence", cause.evidence());
        return tree;
    }

    private static void troubles(
            Map<String, Object> tree,
            List<Outcome.Trouble> troubles,
            SortedMap<UnitName, String> notTried) {
        var units = new ArrayList<Map<String, Object>>();
        for (var trouble : troubles) {
            var entry = cause(trouble.cause(), trouble.since().toString());
            entry.put("unit", trouble.unit().value());
            units.add(entry);
        }
        tree.put("units", units);
        tree.put("notTried", notTried);
    }

    private static Map<String, Object> problem(Problem problem) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("code", problem.code().name());
        tree.put("severity", problem.severity().word());
        problem.place().ifPresent(place -> put(tree, place));
        tree.put("what", problem.what());
        tree.put("hint", problem.advice());
        if (!problem.evidence().isEmpty()) {
            tree.put("evidence", problem.evidence());
        }
        return tree;
    }

    private static void put(Map<String, Object> tree, Place place) {
        tree.put("file", place.file());
        tree.put("line", place.line());
        tree.put("column", place.column());
    }

    private static List<String> names(SortedSet<UnitName> units) {
        return units.stream().map(UnitName::value).toList();
    }

    private static Map<String, Object> versioned() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        return tree;
    }
}
