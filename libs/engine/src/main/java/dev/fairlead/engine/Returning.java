package dev.fairlead.engine;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.execute.Prepared;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.plan.Planner;
import dev.fairlead.deploy.plan.Planner.Circumstances;
import dev.fairlead.deploy.render.Recorded;
import dev.fairlead.deploy.render.Renderer;
import dev.fairlead.deploy.render.Revision;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.engine.Neighbours.LoadedStack;
import dev.fairlead.engine.schema.MigrationsKind;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Migrations;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// From a kept revision to a plan that goes back to it. Nothing is written.
///
/// @param today the stack as it is: where its folders are, and where secrets come from
record Returning(
        Request request, LoadedStack stack, Outline today, Target target, Revision revision) {
    Prepared prepare(Means means) {
        var recorded = new Recorded(revision, today);
        var outline = recorded.outline();
        // First: what is read after it is not older than the execution that it names last.
        var record = new Journal(target.store(outline.ref()), means.clock(), means.ticker()).read();
        var resolution = target.resolve(outline);
        var now = now();
        var environment = environment(recorded, outline, resolution, now);
        var selected = selected();
        var desired =
                recorded.desired(
                        environment, selected, resolution, objects(recorded, resolution, now));
        var snapshot = target.snapshot(outline.ref(), desired.units());
        var circumstances =
                new Circumstances(
                        record.map(EnvironmentRecord::graph).orElse(Graph.EMPTY),
                        leftovers(snapshot),
                        parts(environment, selected),
                        notes(selected));
        return new Prepared(
                environment,
                resolution,
                desired,
                Planner.plan(desired, snapshot, circumstances),
                record.map(EnvironmentRecord::settledToken).orElse(0L));
    }

    /// What the way back is carried out with: its migrations units migrate nothing.
    Means means(Means means) {
        var kinds = List.<dev.fairlead.deploy.kind.UnitKind>of(MigrationsKind.recorded(revision));
        return new Means(
                means.clock(),
                means.ticker(),
                new Renderer(
                        (unit, _, _) ->
                                String.valueOf(
                                        Objects.requireNonNull(revision.units().get(unit.name()))
                                                .get("inputs")),
                        kinds),
                kinds,
                means.keys());
    }

    /// The objects of the revision, with the secrets of those of today.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Map<UnitName, List<DesiredObject>> objects(
            Recorded recorded, Resolution resolution, Optional<Environment> now) {
        if (today.target() != TargetKind.KUBERNETES) {
            return Map.of();
        }
        var ofToday = new TreeMap<UnitName, List<DesiredObject>>();
        now.ifPresent(known ->
                ofToday.putAll(
                        dev.fairlead.deploy.workload.Objects.of(
                                known,
                                target.scopes(),
                                resolution.digestKey(),
                                new Problems()))); // what is wrong today is no matter here
        var problems = new Problems();
        var objects = recorded.objects(ofToday, resolution, problems);
        problems.throwIfErrors();
        return objects;
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Environment environment(
            Recorded recorded, Outline outline, Resolution resolution, Optional<Environment> now) {
        var problems = new Problems();
        var units = new TreeMap<UnitName, Unit>();
        revision.units()
                .forEach((name, content) -> {
                    var unit =
                            content.containsKey("migrations")
                                    ? migrations(name, content, resolution, now, problems)
                                    : recorded.unit(
                                            name,
                                            resolution,
                                            now.map(known -> known.units().get(name)),
                                            problems);
                    unit.ifPresent(known -> units.put(name, known));
                });
        problems.throwIfErrors();
        return new Environment(outline, units);
    }

    // The stack of today only helps: it may be what is broken.
    private Optional<Environment> now() {
        try {
            return Optional.of(stack.evaluate(today, target.resolve(today)));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private Optional<Unit> migrations(
            UnitName name,
            Map<String, Object> content,
            Resolution resolution,
            Optional<Environment> now,
            Problems problems) {
        var node = Objects.requireNonNull(revision.graph().nodes().get(name));
        var in = new UnitName(String.valueOf(content.get("unit")));
        var database = String.valueOf(content.get("database"));
        var url = RecordedUrl.of(content, resolution).or(() -> url(now, name, in, database));
        if (url.isEmpty()) {
            problems.add(
                    Problem.error(
                                    DeployCode.REVISION_INCOMPLETE,
                                    "nothing says how the database \"%s\" of %s is reached now"
                                            .formatted(database, in))
                            .withHint(DeployCode.REVISION_INCOMPLETE.remedy()));
            return Optional.empty();
        }
        return Optional.of(
                new Unit(
                        name,
                        node.stage(),
                        Objects.requireNonNull(
                                        new Recorded(revision, today).outline().units().get(name))
                                .place(),
                        node.waitsFor(),
                        Optional.empty(),
                        Optional.of(
                                new Migrations(
                                        new UnitName(String.valueOf(content.get("owner"))),
                                        in,
                                        database,
                                        String.valueOf(content.get("source")),
                                        url.get(),
                                        node.timeout())),
                        new TreeSet<>(),
                        new TreeMap<>(),
                        List.of()));
    }

    private static Optional<Marked> url(
            Optional<Environment> now, UnitName name, UnitName in, String database) {
        return now.map(known -> known.units().get(name))
                .flatMap(Unit::migrations)
                .filter(one -> one.unit().equals(in) && one.database().equals(database))
                .map(Migrations::url);
    }

    private SortedSet<UnitName> selected() {
        var all = revision.units().keySet();
        var problems = new Problems();
        Pipeline.checkKnown(request.only(), all, problems);
        Pipeline.checkKnown(request.skip(), all, problems);
        problems.throwIfErrors();
        var selected =
                request.only().isEmpty()
                        ? new TreeSet<>(all)
                        : revision.graph().closure(request.only());
        selected.removeAll(request.skip());
        return selected;
    }

    private SortedMap<UnitName, KindPlan> parts(
            Environment environment, SortedSet<UnitName> selected) {
        var kind = MigrationsKind.recorded(revision);
        var parts = new TreeMap<UnitName, KindPlan>();
        for (var unit : environment.units().values()) {
            if (selected.contains(unit.name()) && kind.covers(unit)) {
                var subject =
                        new Subject(
                                environment, unit, (to, at) -> target.dial(today.ref(), to, at));
                parts.put(unit.name(), kind.plan(subject));
            }
        }
        return parts;
    }

    private SortedMap<UnitName, String> leftovers(Snapshot snapshot) {
        var leftovers = new TreeMap<UnitName, String>();
        if (request.only().isEmpty()) {
            snapshot.units().keySet().stream()
                    .filter(unit -> !request.skip().contains(unit))
                    .filter(unit -> !revision.units().containsKey(unit))
                    .forEach(unit ->
                            leftovers.put(unit, "it is not in revision " + revision.number()));
        }
        return leftovers;
    }

    private List<String> notes(SortedSet<UnitName> selected) {
        var notes = new ArrayList<String>();
        notes.add(
                "back to revision %d, as %s left it; the files that units read are today's"
                        .formatted(revision.number(), revision.execution()));
        var left = new TreeSet<>(revision.units().keySet());
        left.removeAll(selected);
        if (!left.isEmpty()) {
            notes.add(
                    "left as they are: "
                            + String.join(", ", left.stream().map(UnitName::value).toList()));
        }
        return notes;
    }
}
