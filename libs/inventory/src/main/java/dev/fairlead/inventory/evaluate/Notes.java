package dev.fairlead.inventory.evaluate;

import dev.fairlead.inventory.environment.Mode;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a person should know about an outline: the mode, and units that are not there.
final class Notes {
    private static final int MOST_NAMED = 12;

    private final Scope scope;

    Notes(Scope scope) {
        this.scope = scope;
    }

    /// One sentence each, in this order: mode, disabled units, absent units, units of stages that are left out.
    List<String> of(
            Collection<UnitModel> here,
            SortedSet<UnitName> disabled,
            SortedSet<UnitName> absent,
            SortedSet<UnitName> notDeployed) {
        var notes = new ArrayList<String>();
        var reloading = new TreeSet<UnitName>();
        here.stream()
                .filter(unit -> unit.dev().isPresent())
                .forEach(unit -> reloading.add(unit.name()));
        var subject = scope.subject();
        if (subject.environment().mode() == Mode.PROD) {
            add(notes, "mode prod, without their dev block: ", reloading);
        } else if (subject.target() == TargetKind.LOCAL) {
            add(notes, "mode dev, by their dev block: ", reloading);
        } else {
            var byImage = new TreeSet<>(reloading);
            here.stream()
                    .filter(unit -> PodDevs.apply(subject, unit))
                    .forEach(unit -> byImage.remove(unit.name()));
            reloading.removeAll(byImage);
            add(notes, "mode dev, by their dev block on the workspace: ", reloading);
            var lacks = PodDevs.lacks(subject);
            var why = lacks.isEmpty() ? "" : " (" + lacks + ")";
            add(notes, "mode dev, but without their dev block" + why + ": ", byImage);
        }
        add(notes, "left out by when: ", disabled);
        var nothing = new TreeSet<>(absent);
        nothing.removeAll(notDeployed);
        add(notes, "nothing to do on " + scope.subject().target() + " for: ", nothing);
        add(notes, "left out by deployOrder: ", notDeployed);
        return notes;
    }

    private static void add(List<String> notes, String start, SortedSet<UnitName> names) {
        if (names.isEmpty()) {
            return;
        }
        var named = names.stream().limit(MOST_NAMED).map(UnitName::value).toList();
        int more = names.size() - named.size();
        notes.add(start + String.join(", ", named) + (more == 0 ? "" : " and " + more + " more"));
    }
}
