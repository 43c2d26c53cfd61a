package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Plan.Change;
import dev.fairlead.deploy.plan.Plan.Reorder;
import dev.fairlead.deploy.plan.Plan.Restart;
import dev.fairlead.deploy.plan.Plan.Step;
import dev.fairlead.deploy.render.Desired;
import dev.fairlead.deploy.render.UnitTree;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Snapshot.Applied;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Compares what shall be with what is. Pure: no clock, no target, no file.
public final class Planner {
    private final Desired desired;
    private final Snapshot snapshot;
    private final Circumstances circumstances;
    private final Optional<ObjectChanges> objects;
    private final List<Change> changes = new ArrayList<>();
    private final List<Restart> restarts = new ArrayList<>();
    private final List<Restart> starts = new ArrayList<>();
    private final Set<UnitName> acting = new HashSet<>();

    private Planner(Desired desired, Snapshot snapshot, Circumstances circumstances) {
        this.desired = desired;
        this.snapshot = snapshot;
        this.circumstances = circumstances;
        this.objects =
                snapshot.objects().map(found -> new ObjectChanges(found, circumstances.wishes()));
    }

    /// What else a plan depends on.
    ///
    /// @param recorded the graph of what was applied: the order of removals
    /// @param leftovers why a unit that is not wanted any more is to go; those that are not in it stay as they are
    /// @param parts what units of a kind of their own would do
    /// @param notes what a person should know
    /// @param wishes what a person allowed it to do with what belongs to others
    public record Circumstances(
            Graph recorded,
            SortedMap<UnitName, String> leftovers,
            SortedMap<UnitName, KindPlan> parts,
            List<String> notes,
            Wishes wishes) {
        /// Without a wish.
        public Circumstances(
                Graph recorded,
                SortedMap<UnitName, String> leftovers,
                SortedMap<UnitName, KindPlan> parts,
                List<String> notes) {
            this(recorded, leftovers, parts, notes, Wishes.NONE);
        }
    }

    public static Plan plan(Desired desired, Snapshot snapshot, Circumstances circumstances) {
        return new Planner(desired, snapshot, circumstances).plan();
    }

    private Plan plan() {
        var removals = removalOrder(circumstances.recorded(), leaving(snapshot, circumstances));
        var takeovers = new Takeovers(desired, snapshot, circumstances.recorded(), removals);
        var steps = new ArrayList<>(takeovers.steps());
        for (var name : desired.graph().order()) {
            var node = Objects.requireNonNull(desired.graph().nodes().get(name));
            steps.add(new Step(name, node.stage(), takeovers.waits(name, node.waitsFor())));
            unit(name, takeovers);
            look(name, node);
        }
        var kept = kept(changes);
        var reorders = Reorders.between(circumstances.recorded(), desired.graph(), kept);
        removals.forEach(unit -> changes.addAll(removal(unit, takeovers)));
        var snapshotHash = snapshotHash();
        return new Plan(
                hash(snapshotHash, reorders),
                desired.inputHash(),
                snapshotHash,
                desired.ref(),
                desired.target(),
                changes,
                steps,
                restarts,
                starts,
                reorders,
                List.copyOf(circumstances.parts().values()),
                circumstances.notes(),
                objects.map(ObjectChanges::result).orElse(Plan.Objects.NONE),
                List.of());
    }

    private void unit(UnitName name, Takeovers takeovers) {
        var wanted = Objects.requireNonNull(desired.units().get(name));
        var found = snapshot.find(name);
        var part = circumstances.parts().get(name);
        var own =
                part == null || !wanted.objects().isEmpty()
                        ? changes(name, wanted, found)
                        : List.of(change(part, wanted, found));
        changes.addAll(own);
        boolean keeps = own.stream().allMatch(change -> change.action() == Action.KEEP);
        if (!keeps) {
            acting.add(name);
        }
        found.ifPresent(applied -> {
            if (keeps) {
                notRunning(applied)
                        .ifPresent(why -> {
                            starts.add(new Restart(name, why));
                            acting.add(name);
                        });
            } else if (running(applied) && part == null && !isAgent(wanted)) {
                own.stream()
                        .filter(change -> objects.isEmpty() || ObjectChanges.restarts(change))
                        .findFirst()
                        .ifPresent(change ->
                                restarts.add(
                                        new Restart(
                                                name,
                                                why(change)
                                                        + takeovers.moves(
                                                                name, applied.content()))));
            }
        });
    }

    /// One that stays as it is only because it cannot be read is looked at once what it stands on has started: a database
    /// may come back without what was in it.
    private void look(UnitName name, Graph.Node node) {
        var part = circumstances.parts().get(name);
        if (part == null || part.state() != KindPlan.State.UNKNOWN || acting.contains(name)) {
            return;
        }
        if (!Collections.disjoint(acting, node.waitsFor())) {
            starts.add(new Restart(name, part.reason()));
            acting.add(name);
        }
    }

    private List<Change> changes(UnitName name, Wanted wanted, Optional<Applied> found) {
        return objects.map(cluster -> cluster.of(name, wanted, pending(name)))
                .orElseGet(() -> List.of(change(name, wanted, found)));
    }

    /// Why what a unit did has to be done again, though nothing of its objects changed.
    private Optional<String> pending(UnitName name) {
        return Optional.ofNullable(circumstances.parts().get(name))
                .filter(part -> part.state() == KindPlan.State.PENDING)
                .map(KindPlan::reason);
    }

    private static List<UnitName> kept(List<Change> changes) {
        var kept = new TreeSet<UnitName>();
        changes.forEach(change -> kept.add(change.unit()));
        changes.stream()
                .filter(change -> change.action() != Action.KEEP)
                .forEach(change -> kept.remove(change.unit()));
        return List.copyOf(kept);
    }

    private static Change change(UnitName name, Wanted wanted, Optional<Applied> found) {
        var object = object(name, wanted.content());
        if (found.isEmpty()) {
            return new Change(name, object, Action.CREATE, List.of(), Optional.empty());
        }
        var applied = found.get();
        if (applied.hash().equals(wanted.hash())) {
            return new Change(name, object, Action.KEEP, List.of(), Optional.empty());
        }
        var fields = Fields.between(applied.content(), wanted.content());
        var before = kind(applied.content());
        var now = kind(wanted.content());
        return before.equals(now)
                ? new Change(name, object, Action.UPDATE, fields, Optional.empty())
                : new Change(
                        name,
                        object,
                        Action.RECREATE,
                        fields,
                        Optional.of("it was a " + before + " and is a " + now + " now"));
    }

    // What there is counts, not what was applied last: somebody may have done the work by hand.
    // Only
    // where it cannot be read, what was applied last has to do.
    private static Change change(KindPlan part, Wanted wanted, Optional<Applied> found) {
        var object = object(part.unit(), wanted.content());
        if (found.isEmpty()) {
            return new Change(
                    part.unit(), object, Action.CREATE, List.of(), Optional.of(part.reason()));
        }
        var applied = found.get();
        boolean keep =
                switch (part.state()) {
                    case DONE -> true;
                    case PENDING -> false;
                    case UNKNOWN -> applied.hash().equals(wanted.hash());
                };
        if (keep) {
            return new Change(part.unit(), object, Action.KEEP, List.of(), Optional.empty());
        }
        return new Change(
                part.unit(),
                object,
                Action.UPDATE,
                Fields.between(applied.content(), wanted.content()),
                Optional.of(part.reason()));
    }

    private static SortedSet<UnitName> leaving(Snapshot snapshot, Circumstances circumstances) {
        var leaving = new TreeSet<>(circumstances.leftovers().keySet());
        leaving.retainAll(snapshot.units().keySet());
        return leaving;
    }

    private List<Change> removal(UnitName unit, Takeovers takeovers) {
        var why = Objects.requireNonNull(circumstances.leftovers().get(unit));
        var single = objects.map(cluster -> cluster.leaving(unit, why)).orElse(List.of());
        if (!single.isEmpty()) {
            return single;
        }
        var content = Objects.requireNonNull(snapshot.units().get(unit)).content();
        return List.of(
                new Change(
                        unit,
                        object(unit, content),
                        Action.PRUNE,
                        List.of(),
                        Optional.of(
                                takeovers
                                        .reason(unit)
                                        .map(more -> why + "; " + more)
                                        .orElse(why))));
    }

    /// Units in the order in which they are removed: what others wait for goes last. Units that the graph does not know
    /// go first.
    public static List<UnitName> removalOrder(Graph recorded, Collection<UnitName> leaving) {
        var known = recorded.across(leaving).order().reversed();
        var order = new ArrayList<UnitName>();
        var seen = new HashSet<>(known);
        leaving.stream().filter(unit -> !seen.contains(unit)).sorted().forEach(order::add);
        order.addAll(known);
        return order;
    }

    private static String object(UnitName name, Map<String, Object> content) {
        return kind(content) + "/" + name;
    }

    private static String kind(Map<String, Object> content) {
        return String.valueOf(content.getOrDefault("kind", "unit"));
    }

    private static String why(Change change) {
        if (change.reason().isPresent()) {
            return change.reason().get();
        }
        int most = 4;
        var paths = change.fields().stream().map(Plan.Field::path).toList();
        var named = String.join(", ", paths.subList(0, Math.min(most, paths.size())));
        return (paths.size() > most ? named + " and " + (paths.size() - most) + " more" : named)
                + " changed";
    }

    /// Nothing of it runs that a change would end: its runs go on as they were begun.
    private static boolean isAgent(Wanted wanted) {
        return kind(wanted.content()).equals(UnitTree.AGENT);
    }

    private static boolean running(Applied applied) {
        return switch (applied.status().state()) {
            case STARTING, READY, DEGRADED -> true;
            case PENDING, FAILED, STOPPED, SLEEPING -> false;
        };
    }

    private static Optional<String> notRunning(Applied applied) {
        var state = applied.status().state();
        if (state == UnitState.READY) {
            return Optional.empty();
        }
        return Optional.of(
                "it is "
                        + state
                        + applied.status()
                                .cause()
                                .map(Cause::what)
                                .map(what -> ": " + what)
                                .orElse(""));
    }

    // Only what this plan looks at: a unit that it leaves alone may change between two plans
    // without making one stale.
    private String snapshotHash() {
        var units = new TreeMap<String, Object>();
        changes.forEach(change ->
                snapshot.find(change.unit())
                        .ifPresent(applied -> units.put(change.unit().value(), applied.hash())));
        // Chosen by the target, and so no part of the input.
        var ports = new TreeMap<String, Object>();
        desired.units()
                .forEach((unit, wanted) -> {
                    if (wanted.content().get("ports") instanceof Map<?, ?> chosen
                            && !chosen.isEmpty()) {
                        ports.put(unit.value(), chosen);
                    }
                });
        var whole = new TreeMap<String, Object>(Map.of("ports", ports));
        objects.ifPresentOrElse(
                cluster -> whole.put("objects", cluster.seen()), () -> whole.put("units", units));
        return Digest.ofTree(whole);
    }

    private String hash(String snapshotHash, List<Reorder> reorders) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("environment", desired.ref().toString());
        tree.put("target", desired.target().toString());
        tree.put("inputHash", desired.inputHash()); // covers the graph
        tree.put("snapshotHash", snapshotHash);
        tree.put("changes", changes.stream().map(PlanTree::of).collect(Collectors.toList()));
        tree.put("reorders", PlanTree.reorders(reorders));
        var parts = circumstances.parts().values();
        if (!parts.isEmpty()) {
            tree.put("parts", parts.stream().map(PlanTree::of).toList());
        }
        objects.map(ObjectChanges::result)
                .map(Plan.Objects::refusals)
                .filter(refusals -> !refusals.isEmpty())
                .ifPresent(refusals -> tree.put("refused", PlanTree.refusals(refusals)));
        tree.put("notes", circumstances.notes());
        return Digest.ofTree(tree);
    }
}
