package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectSnapshot;
import dev.fairlead.deploy.object.ObjectSnapshot.Found;
import dev.fairlead.deploy.object.ObjectSnapshot.Owner;
import dev.fairlead.deploy.object.ObjectSnapshot.Remembered;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Snapshot.Applied;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Inventory;
import dev.fairlead.target.kubernetes.home.Inventory.Entry;
import dev.fairlead.target.kubernetes.home.Namespace;
import dev.fairlead.target.kubernetes.home.State;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/// Makes snapshots of an environment.
public final class Snapshots {
    private final Home home;
    private final EnvironmentRef ref;

    public Snapshots(Home home, EnvironmentRef ref) {
        this.home = home;
        this.ref = ref;
    }

    /// How the units that were applied stand.
    public Snapshot now() {
        var state = State.read(home);
        var entries = Inventory.of(state.maps());
        var listed = Listed.of(home, refs(entries), Map.of());
        return new Snapshot(units(state, entries, new Statuses(home, listed, true)));
    }

    /// The same, and how what shall be differs from what is there.
    public Snapshot of(SortedMap<UnitName, Wanted> desired) {
        if (Namespace.find(home).isEmpty()) {
            return new Snapshot(
                    new TreeMap<>(), Optional.of(ObjectSnapshot.empty(home.namespace())));
        }
        var objects =
                desired.values().stream().flatMap(wanted -> wanted.objects().stream()).toList();
        var state = State.read(home);
        var entries = Inventory.of(state.maps());
        var refs = refs(entries);
        var versions = new HashMap<String, String>();
        for (var object : objects) {
            refs.add(object.ref());
            versions.putIfAbsent(Listed.kind(object.ref()), object.apiVersion());
        }
        var listed = Listed.of(home, refs, versions);
        var notes = new ArrayList<String>();
        var inventory = inventory(entries, listed, notes);
        strays(refs, listed, notes);
        return new Snapshot(
                units(state, entries, new Statuses(home, listed, false)),
                Optional.of(
                        new ObjectSnapshot(
                                home.namespace(), found(objects, listed), inventory, notes)));
    }

    private static SortedSet<ObjectRef> refs(Collection<Entry> entries) {
        var refs = new TreeSet<ObjectRef>();
        entries.forEach(entry -> refs.add(entry.ref()));
        return refs;
    }

    private SortedMap<ObjectRef, Found> found(List<DesiredObject> objects, Listed listed) {
        var trials = new Trials(home);
        var work = new ArrayList<Callable<Map.Entry<ObjectRef, Found>>>();
        for (var object : objects) {
            listed.find(object.ref())
                    .ifPresent(live ->
                            work.add(() ->
                                    Map.entry(
                                            object.ref(),
                                            new Found(
                                                    uid(live),
                                                    live,
                                                    Marks.owner(live, ref),
                                                    trials.of(object, live)))));
        }
        var found = new TreeMap<ObjectRef, Found>();
        Listed.together(home, work).forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private static String uid(Map<String, Object> live) {
        return Trees.text(live, "metadata", "uid").orElse("");
    }

    /// Those of the inventory that are there and still are what was made.
    private SortedMap<UnitName, List<Remembered>> inventory(
            List<Entry> entries, Listed listed, List<String> notes) {
        var inventory = new TreeMap<UnitName, List<Remembered>>();
        for (var entry : entries) {
            listed.find(entry.ref())
                    .ifPresent(live -> {
                        if (isOurs(entry, live)) {
                            inventory
                                    .computeIfAbsent(entry.unit(), _ -> new ArrayList<>())
                                    .add(new Remembered(entry.ref(), uid(live)));
                        } else {
                            notes.add(
                                    "%s was made anew by somebody else; it is left alone"
                                            .formatted(entry.ref().in(home.namespace())));
                        }
                    });
        }
        return inventory;
    }

    /// What this environment made of the kinds that were looked at, and neither the stack nor the inventory has: the
    /// inventory was lost. It is named, not removed.
    private void strays(SortedSet<ObjectRef> known, Listed listed, List<String> notes) {
        listed.objects()
                .forEach((at, live) -> {
                    if (!known.contains(at)
                            && Marks.unit(live).isPresent()
                            && Marks.owner(live, ref) instanceof Owner.Ours) {
                        notes.add(
                                "%s was made by this environment, whose inventory does not have it; it is left alone: `kubectl delete` removes it"
                                        .formatted(at.in(home.namespace())));
                    }
                });
    }

    private boolean isOurs(Entry entry, Map<String, Object> live) {
        return entry.uid().equals(uid(live)) || Marks.owner(live, ref) instanceof Owner.Ours;
    }

    private SortedMap<UnitName, Applied> units(
            State state, List<Entry> entries, Statuses statuses) {
        var refs = new TreeMap<UnitName, List<ObjectRef>>();
        entries.forEach(entry ->
                refs.computeIfAbsent(entry.unit(), _ -> new ArrayList<>()).add(entry.ref()));
        var units = new TreeMap<UnitName, Applied>(state.noted());
        refs.forEach((unit, own) -> units.put(unit, statuses.applied(unit, own)));
        return units;
    }
}
