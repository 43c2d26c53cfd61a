package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectSnapshot.Owner;
import dev.fairlead.deploy.object.Ownership;
import dev.fairlead.deploy.object.Ownership.Lost;
import dev.fairlead.deploy.render.Revision;
import dev.fairlead.deploy.target.Drift;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.client.ApplyMode;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Inventory.Entry;
import dev.fairlead.target.kubernetes.home.Sleep;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What of the objects lives differently from what was applied: each that is gone, and each field that Fairlead set and
/// does not own any more. What others added is theirs.
public final class Drifts {
    private static final String HIDDEN = "(hidden)";

    private final Home home;
    private final List<Drift> drifts = new ArrayList<>();

    private final Set<UnitName> settled;

    private Drifts(Home home, Set<UnitName> settled) {
        this.home = home;
        this.settled = settled;
    }

    /// @param entries the inventory
    /// @param revision the desired state that was reached last
    /// @param settled the units that nobody worked on since, or that became what they should
    public static List<Drift> of(
            Home home, List<Entry> entries, Revision revision, Set<UnitName> settled) {
        var refs = new TreeSet<ObjectRef>();
        entries.forEach(entry -> refs.add(entry.ref()));
        var listed = Listed.of(home, refs, Map.of());
        var found = new Drifts(home, settled);
        for (var entry : entries) {
            found.entry(entry, listed, revision);
        }
        return found.drifts;
    }

    private void entry(Entry entry, Listed listed, Revision revision) {
        var name = entry.ref().in(home.namespace());
        var live = listed.find(entry.ref());
        if (live.isEmpty()) {
            add(entry.unit(), name, Optional.of("there"), Optional.empty(), name + " is gone");
            return;
        }
        boolean ours =
                entry.uid().equals(Trees.text(live.get(), "metadata", "uid").orElse(""))
                        || Marks.owner(live.get(), home.ref()) instanceof Owner.Ours;
        if (!ours) {
            add(
                    entry.unit(),
                    name,
                    Optional.of("there"),
                    Optional.of("another one"),
                    name + " was made anew by somebody else");
            return;
        }
        var content = revision.units().get(entry.unit());
        if (content != null) {
            applied(content, entry.ref()).ifPresent(tree -> fields(entry, tree, live.get()));
        }
    }

    private static Optional<Map<String, @Nullable Object>> applied(
            Map<String, Object> content, ObjectRef ref) {
        if (content.get("objects") instanceof Map<?, ?> objects) {
            for (var tree : objects.values()) {
                if (tree instanceof Map<?, ?> map) {
                    var keyed = new HashMap<String, @Nullable Object>();
                    map.forEach((key, value) -> keyed.put(String.valueOf(key), value));
                    if (ObjectRef.of(keyed).equals(ref)) {
                        return Optional.of(keyed);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private void fields(
            Entry entry, Map<String, @Nullable Object> applied, Map<String, Object> live) {
        boolean sleeps = Sleep.is(live);
        for (var lost : Ownership.lost(live, Scaled.left(applied, live), ApplyMode.MANAGER)) {
            var now = Optional.ofNullable(lost.live());
            boolean asleep = sleeps && Sleep.sets(lost.path());
            // A deploy that did not end well may have left the field out since.
            boolean told = settled.contains(entry.unit()) || !lost.managers().isEmpty();
            if (told
                    && !asleep
                    && !now.map(Drifts::text).equals(Optional.of(text(lost.applied())))) {
                field(entry, lost, now);
            }
        }
    }

    private void field(Entry entry, Lost lost, Optional<Object> now) {
        var name = entry.ref().in(home.namespace());
        boolean secret =
                entry.ref().kind().equals("Secret") || text(lost.applied()).contains("${secret:");
        var who = lost.managers().isEmpty() ? "" : " by " + String.join(" and ", lost.managers());
        add(
                entry.unit(),
                name + " " + lost.path(),
                Optional.of(text(lost.applied())),
                now.map(value -> secret ? HIDDEN : text(value)),
                "%s of %s was %s%s"
                        .formatted(
                                lost.path(),
                                name,
                                now.isPresent() ? "changed" : "taken away",
                                who));
    }

    private static String text(@Nullable Object value) {
        return value instanceof Map || value instanceof List
                ? Json.compact(value)
                : String.valueOf(value);
    }

    private void add(
            UnitName unit,
            String path,
            Optional<String> applied,
            Optional<String> live,
            String what) {
        drifts.add(new Drift(unit, path, applied, live, what));
    }
}
