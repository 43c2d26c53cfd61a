package dev.fairlead.engine;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.execute.Prepared;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.image.ImageSteps;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.kind.UnitKind;
import dev.fairlead.deploy.plan.Planner;
import dev.fairlead.deploy.plan.Planner.Circumstances;
import dev.fairlead.deploy.render.Revision;
import dev.fairlead.deploy.render.ShortPieces;
import dev.fairlead.deploy.resolve.Nominal;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.engine.Neighbours.LoadedStack;
import dev.fairlead.engine.image.UsedImages;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Outline.SecretSource;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// From a loaded stack to a plan: resolve, evaluate, render, snapshot, plan. Nothing is written.
record Pipeline(Request request, LoadedStack stack, Outline outline, Target target, Means means) {
    Prepared prepare() {
        refuseWhatIsNotDue();
        var selected = selected();
        // First of all: what is read after it is not older than the execution that it names last.
        var record = new Journal(target.store(outline.ref()), means.clock(), means.ticker()).read();
        var found = target.resolve(outline);
        var unpinned = stack.evaluate(outline, found);
        var images = UsedImages.of(unpinned, selected, means.images());
        var resolution = found.pinned(ImageSteps.pins(images.images(), images.seen()));
        var environment =
                resolution.pins().isEmpty() ? unpinned : stack.evaluate(outline, resolution);
        var desired =
                means.renderer()
                        .render(
                                environment,
                                input(resolution, environment),
                                selected,
                                resolution.digestKey(),
                                target.scopes());
        var snapshot = target.snapshot(outline.ref(), desired.units());
        var notes = notes(selected, environment, snapshot);
        notes.addAll(ImageSteps.notes(images.images(), images.seen()));
        var circumstances =
                new Circumstances(
                        record.map(EnvironmentRecord::graph).orElse(Graph.EMPTY),
                        leftovers(snapshot),
                        parts(environment, selected),
                        notes,
                        request.wishes());
        return new Prepared(
                environment,
                resolution,
                desired,
                Planner.plan(desired, snapshot, circumstances)
                        .with(
                                ImageSteps.of(
                                        images.images(), images.seen(), digests(images, record))),
                record.map(EnvironmentRecord::settledToken).orElse(0L));
    }

    /// The digests of the images that the newest revision runs from.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Map<String, String> digests(UsedImages images, Optional<EnvironmentRecord> record) {
        if (images.images().isEmpty()) {
            return Map.of();
        }
        var store = target.store(outline.ref());
        return record.map(EnvironmentRecord::revision)
                .flatMap(store::findRevision)
                .map(text -> Revision.read(text).images())
                .orElseGet(TreeMap::new);
    }

    /// On Kubernetes keys without an effect are no error to whoever only renders.
    private void refuseWhatIsNotDue() {
        if (outline.target() != TargetKind.KUBERNETES) {
            return;
        }
        var due =
                stack.check(request.choice()).stream()
                        .filter(problem -> problem.code() == InventoryCode.NOT_YET)
                        .map(Problem::asError)
                        .toList();
        if (!due.isEmpty()) {
            throw new ProblemException(due);
        }
    }

    // The only part of a plan that asks more than files: what there is lies behind a unit, not in
    // the
    // target's state.
    private SortedMap<UnitName, KindPlan> parts(
            Environment environment, SortedSet<UnitName> selected) {
        var parts = new TreeMap<UnitName, KindPlan>();
        for (var unit : environment.units().values()) {
            var kind =
                    selected.contains(unit.name()) ? means.kind(unit) : Optional.<UnitKind>empty();
            kind.ifPresent(known -> parts.put(unit.name(), known.plan(subject(environment, unit))));
        }
        return parts;
    }

    private Subject subject(Environment environment, Unit unit) {
        return new Subject(environment, unit, (to, at) -> target.dial(outline.ref(), to, at));
    }

    /// The environment as it is without ports and secrets that the target has chosen. A template that cannot do without
    /// them makes them a part of its input.
    private Environment input(Resolution actual, Environment environment) {
        var nominal = Nominal.of(outline, actual);
        boolean same =
                actual.pins().isEmpty()
                        && nominal.addresses().equals(actual.addresses())
                        && outline.secrets().values().stream()
                                .noneMatch(SecretSource.Generated.class::isInstance);
        if (same) {
            return environment;
        }
        try {
            return stack.evaluate(outline, nominal);
        } catch (ProblemException e) {
            return environment;
        }
    }

    private SortedSet<UnitName> selected() {
        var all = outline.units().keySet();
        var problems = new Problems();
        checkKnown(request.only(), all, problems);
        checkKnown(request.skip(), all, problems);
        problems.throwIfErrors();
        var selected =
                request.only().isEmpty() ? new TreeSet<>(all) : graph().closure(request.only());
        selected.removeAll(request.skip());
        return selected;
    }

    private Graph graph() {
        var nodes = new TreeMap<UnitName, Graph.Node>();
        outline.units()
                .forEach((name, part) ->
                        nodes.put(
                                name,
                                new Graph.Node(part.stage(), part.waitsFor(), Duration.ZERO)));
        return Graph.of(nodes);
    }

    static void checkKnown(
            Collection<UnitName> named, Collection<UnitName> known, Problems problems) {
        var names = known.stream().map(UnitName::value).toList();
        for (var unit : named) {
            if (!known.contains(unit)) {
                problems.add(
                        Problem.error(
                                        DeployCode.NO_SUCH_UNIT,
                                        "there is no unit \"" + unit + "\" here")
                                .withHint(
                                        Nearest.hint(unit.value(), names)
                                                .orElse(
                                                        "its units are: "
                                                                + String.join(", ", names))));
            }
        }
    }

    // Why units that were applied once are to go. With --only nothing is: the rest of the stack is
    // not looked at.
    private SortedMap<UnitName, String> leftovers(Snapshot snapshot) {
        var leftovers = new TreeMap<UnitName, String>();
        var leftOut = leftOut(outline);
        if (!request.only().isEmpty()) {
            return leftovers;
        }
        for (var unit : snapshot.units().keySet()) {
            if (request.skip().contains(unit) || outline.units().containsKey(unit)) {
                continue;
            }
            var why = leftOut.getOrDefault(unit, "it left the stack");
            leftovers.put(unit, why + remains(snapshot, unit));
        }
        return leftovers;
    }

    /// Why units of the stack have no part in an environment.
    static SortedMap<UnitName, String> leftOut(Outline outline) {
        var why = new TreeMap<UnitName, String>();
        outline.absent()
                .forEach(
                        unit -> why.put(unit, "it has nothing for the target " + outline.target()));
        outline.disabled().forEach(unit -> why.put(unit, "its `when` leaves it out"));
        return why;
    }

    private String remains(Snapshot snapshot, UnitName unit) {
        var word = snapshot.find(unit).map(applied -> applied.content().get("kind"));
        return means.kinds().stream()
                .filter(kind -> word.filter(kind.name()::equals).isPresent())
                .map(kind -> "; " + kind.remains())
                .findFirst()
                .orElse("");
    }

    private ArrayList<String> notes(
            SortedSet<UnitName> selected, Environment environment, Snapshot snapshot) {
        var notes = new ArrayList<>(outline.notes());
        if (selected.size() < outline.units().size()) {
            var left = new TreeSet<>(outline.units().keySet());
            left.removeAll(selected);
            notes.add(
                    "left as they are: "
                            + left.stream().map(UnitName::value).collect(Collectors.joining(", ")));
        }
        notes.addAll(ShortPieces.notes(environment, selected));
        snapshot.objects().ifPresent(objects -> notes.addAll(objects.notes()));
        return notes;
    }
}
