package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectSnapshot;
import dev.fairlead.deploy.object.ObjectSnapshot.Found;
import dev.fairlead.deploy.object.ObjectSnapshot.Owner;
import dev.fairlead.deploy.object.ObjectSnapshot.Remembered;
import dev.fairlead.deploy.object.ObjectSnapshot.Trial;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.deploy.target.Snapshot.Applied;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Inventory;
import dev.fairlead.target.kubernetes.home.Inventory.Entry;
import dev.fairlead.target.kubernetes.home.Namespace;
import dev.fairlead.target.kubernetes.home.Secrets;
import dev.fairlead.target.kubernetes.home.State;
import dev.fairlead.target.kubernetes.home.Together;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
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

    /// What the units consist of, without a look at it.
    public SortedMap<UnitName, Map<String, Object>> contents() {
        var state = State.read(home);
        var contents = new TreeMap<UnitName, Map<String, Object>>();
        state.noted().forEach((unit, applied) -> contents.put(unit, applied.content()));
        byUnit(Inventory.of(state.maps()))
                .forEach((unit, own) ->
                        contents.put(
                                unit,
                                Statuses.content(home, own.stream().map(Entry::ref).toList())));
        return contents;
    }

    /// What there is, seen for what shall be.
    public Sight sight(SortedMap<UnitName, Wanted> desired, Secrets secrets) {
        var refs = new TreeSet<ObjectRef>();
        var versions = new HashMap<String, String>();
        for (var object : objects(desired)) {
            refs.add(object.ref());
            versions.putIfAbsent(Listed.kind(object.ref()), object.apiVersion());
        }
        var namespace = Namespace.find(home);
        if (namespace.isEmpty()) {
            return new Sight(
                    namespace, new State(List.of()), List.of(), Listed.nothing(), secrets, false);
        }
        var listed = Listed.nothing();
        var state = state(refs, listed);
        var entries = Inventory.of(state.maps());
        refs.addAll(refs(entries));
        return new Sight(
                namespace,
                state,
                entries,
                listed.and(home, refs, versions),
                secrets,
                Namespace.isMarked(namespace.get()));
    }

    /// One list has both, the state and the stack's own ConfigMaps, where it has some.
    private State state(SortedSet<ObjectRef> refs, Listed listed) {
        var own = home.core("ConfigMap");
        boolean some =
                refs.stream()
                        .anyMatch(ref ->
                                ref.group().isEmpty()
                                        && ref.kind().equals(own.kind())
                                        && ref.namespace().equals(home.namespace()));
        if (!some) {
            return State.read(home);
        }
        var listing = home.ask(() -> home.cluster().list(Listed.own(home, own)));
        listed.take(own, listing);
        return State.among(home, listing.objects());
    }

    /// How the units stand, and how what shall be differs from what is there.
    public Snapshot of(SortedMap<UnitName, Wanted> desired, Sight sight) {
        if (sight.namespace().isEmpty()) {
            return new Snapshot(
                    new TreeMap<>(), Optional.of(ObjectSnapshot.empty(home.namespace())));
        }
        var notes = new ArrayList<String>();
        var inventory = inventory(sight.entries(), sight.listed(), notes);
        var known = refs(sight.entries());
        objects(desired).forEach(object -> known.add(object.ref()));
        strays(known, sight.listed(), notes);
        return new Snapshot(
                units(sight.state(), sight.entries(), new Statuses(home, sight.listed(), false)),
                Optional.of(
                        new ObjectSnapshot(
                                home.namespace(),
                                found(objects(desired), sight.listed()),
                                inventory,
                                notes)));
    }

    /// How the units stand by what was seen.
    public Snapshot stands(Sight sight) {
        return new Snapshot(
                units(sight.state(), sight.entries(), new Statuses(home, sight.listed(), true)));
    }

    private static List<DesiredObject> objects(SortedMap<UnitName, Wanted> desired) {
        return desired.values().stream().flatMap(wanted -> wanted.objects().stream()).toList();
    }

    private static SortedSet<ObjectRef> refs(Collection<Entry> entries) {
        var refs = new TreeSet<ObjectRef>();
        entries.forEach(entry -> refs.add(entry.ref()));
        return refs;
    }

    private SortedMap<ObjectRef, Found> found(List<DesiredObject> objects, Listed listed) {
        var trials = new Trials(home);
        var found = new TreeMap<ObjectRef, Found>();
        var asked = new ArrayList<Callable<Map.Entry<ObjectRef, Found>>>();
        for (var object : objects) {
            var live = listed.find(object.ref());
            if (live.isEmpty()) {
                continue;
            }
            if (trials.proves(object, live.get())) {
                found.put(object.ref(), found(live.get(), new Trial.Same()));
            } else {
                asked.add(() ->
                        Map.entry(object.ref(), found(live.get(), trials.of(object, live.get()))));
            }
        }
        Together.all(home, asked).forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    private Found found(Map<String, Object> live, Trial trial) {
        return new Found(uid(live), live, Marks.owner(live, ref), trial);
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
        var units = new TreeMap<UnitName, Applied>(state.noted());
        byUnit(entries)
                .forEach((unit, own) ->
                        units.merge(unit, statuses.applied(unit, own), Snapshots::with));
        return units;
    }

    /// What a unit of objects left elsewhere, the schema of a database for one, is kept beside them.
    private static Applied with(Applied noted, Applied objects) {
        var content = new LinkedHashMap<>(objects.content());
        noted.content().forEach(content::putIfAbsent);
        return new Applied(objects.hash(), content, objects.status());
    }

    private static SortedMap<UnitName, List<Entry>> byUnit(List<Entry> entries) {
        var units = new TreeMap<UnitName, List<Entry>>();
        entries.forEach(
                entry -> units.computeIfAbsent(entry.unit(), _ -> new ArrayList<>()).add(entry));
        return units;
    }
}
