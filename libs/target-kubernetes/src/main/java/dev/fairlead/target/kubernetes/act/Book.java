package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Inventory;
import dev.fairlead.target.kubernetes.home.Inventory.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The inventory while somebody works on the environment. Safe for several threads.
final class Book {
    private final Home home;
    private final Map<ObjectRef, Entry> entries = new HashMap<>();
    private int kept;
    private boolean changed;

    Book(Home home, Collection<Entry> known) {
        this.home = home;
        known.forEach(entry -> entries.put(entry.ref(), entry));
        this.kept = known.size();
    }

    /// What will be made stands in it before it is made.
    synchronized void enter(UnitName unit, Collection<ObjectStep> steps) {
        for (var step : steps) {
            if (!(step instanceof ObjectStep.Remove)) {
                var known = entries.get(step.ref());
                if (known == null || !known.unit().equals(unit)) {
                    entries.put(step.ref(), new Entry(unit, step.ref(), uid(step)));
                    changed = true;
                }
            }
        }
    }

    /// What is as it shall be is there already, unless the inventory was lost.
    synchronized void complete(UnitName unit, Collection<ObjectRef> objects) {
        for (var object : objects) {
            if (!entries.containsKey(object)) {
                entries.put(object, new Entry(unit, object, ""));
                changed = true;
            }
        }
    }

    private static String uid(ObjectStep step) {
        return step instanceof ObjectStep.Apply(_, var uid, _) ? uid.orElse("") : "";
    }

    synchronized void made(UnitName unit, ObjectRef object, String uid) {
        var known = entries.get(object);
        if (known == null || !known.uid().equals(uid)) {
            entries.put(object, new Entry(unit, object, uid));
            changed = true;
        }
    }

    synchronized void removed(ObjectRef object) {
        changed |= entries.remove(object) != null;
    }

    /// Those of a unit.
    synchronized List<Entry> of(UnitName unit) {
        return entries.values().stream().filter(entry -> entry.unit().equals(unit)).toList();
    }

    synchronized List<Entry> all() {
        return List.copyOf(entries.values());
    }

    /// Writes it where it changed.
    synchronized void keep() {
        if (changed) {
            var all = new ArrayList<>(entries.values());
            all.sort(Comparator.comparing(Entry::unit).thenComparing(Entry::ref));
            Inventory.write(home, all, kept);
            kept = all.size();
            changed = false;
        }
    }
}
