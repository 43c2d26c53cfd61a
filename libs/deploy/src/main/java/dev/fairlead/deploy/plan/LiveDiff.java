package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.Leaves;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Plan.Change;
import dev.fairlead.deploy.plan.Plan.Field;
import dev.fairlead.deploy.render.Desired;
import dev.fairlead.deploy.target.Snapshot;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What lives against what a plan wants, field by field: also of units that come and go, of which a plan has no fields.
///
/// @param units those that differ, in the order of the plan
public record LiveDiff(Plan plan, List<Entry> units) {
    /// One unit that differs.
    ///
    /// @param lines what a unit of a kind of its own would do, for people
    public record Entry(
            UnitName unit,
            String object,
            Action action,
            Optional<String> reason,
            List<Field> fields,
            List<String> lines) {
        public Entry {
            fields = List.copyOf(fields);
            lines = List.copyOf(lines);
        }
    }

    public LiveDiff {
        units = List.copyOf(units);
    }

    /// @param desired what the plan was made for
    /// @param snapshot what it was compared with
    public static LiveDiff of(Plan plan, Desired desired, Snapshot snapshot) {
        var starts = new TreeMap<UnitName, String>();
        plan.starts().forEach(start -> starts.put(start.unit(), start.why()));
        var reorders = new TreeMap<UnitName, String>();
        plan.reorders().forEach(reorder -> reorders.put(reorder.unit(), reorder.what()));
        var units = new ArrayList<Entry>();
        for (var change : plan.changes()) {
            var fields = new ArrayList<>(fields(change, desired, snapshot));
            Optional.ofNullable(starts.get(change.unit()))
                    .ifPresent(why ->
                            fields.add(
                                    new Field(
                                            "state",
                                            Optional.of(why.replaceFirst("^it is ", "")),
                                            Optional.of("ready"))));
            Optional.ofNullable(reorders.get(change.unit()))
                    .ifPresent(what ->
                            fields.add(new Field("order", Optional.empty(), Optional.of(what))));
            if (change.action() != Action.KEEP || !fields.isEmpty()) {
                units.add(
                        new Entry(
                                change.unit(),
                                change.object(),
                                change.action(),
                                change.reason(),
                                fields,
                                lines(plan, change)));
            }
        }
        return new LiveDiff(plan, units);
    }

    private static List<String> lines(Plan plan, Change change) {
        return plan.parts().stream()
                .filter(part -> part.unit().equals(change.unit()))
                .filter(_ -> change.action() != Action.KEEP)
                .flatMap(part -> part.lines().stream())
                .toList();
    }

    private static List<Field> fields(Change change, Desired desired, Snapshot snapshot) {
        var wanted = desired.units().get(change.unit());
        boolean objects =
                desired.target() == TargetKind.KUBERNETES
                        && (wanted == null || !wanted.objects().isEmpty());
        return objects
                ? ofObject(change, wanted == null ? List.of() : wanted.objects())
                : ofUnit(change, desired, snapshot);
    }

    /// Of an object a plan has the fields itself, but of one that is new.
    private static List<Field> ofObject(Change change, List<DesiredObject> objects) {
        if (change.action() != Action.CREATE) {
            return change.fields();
        }
        return objects.stream()
                .filter(object -> isOf(change, object.ref()))
                .findFirst()
                .map(object -> FieldDiff.between(Map.of(), said(object)))
                .orElse(List.of());
    }

    private static Map<String, Object> said(DesiredObject object) {
        var said = new TreeMap<String, Object>();
        Leaves.masked(object.tree())
                .forEach((key, value) -> {
                    if (value != null) {
                        said.put(key, value);
                    }
                });
        return said;
    }

    private static boolean isOf(Change change, ObjectRef ref) {
        return change.object().equals(ref.toString())
                || change.object().equals(ref.namespace() + "/" + ref);
    }

    private static List<Field> ofUnit(Change change, Desired desired, Snapshot snapshot) {
        return switch (change.action()) {
            case CREATE ->
                    FieldDiff.between(
                            Map.of(),
                            Objects.requireNonNull(desired.units().get(change.unit())).content());
            case PRUNE ->
                    FieldDiff.between(
                            snapshot.find(change.unit())
                                    .map(Snapshot.Applied::content)
                                    .orElse(Map.of()),
                            Map.of());
            case UPDATE, RECREATE, ADOPT ->
                    FieldDiff.between(
                            snapshot.find(change.unit())
                                    .map(Snapshot.Applied::content)
                                    .orElse(Map.of()),
                            Objects.requireNonNull(desired.units().get(change.unit())).content());
            case KEEP, CONFLICT -> change.fields();
        };
    }

    /// Whether something differs.
    public boolean differs() {
        return !units.isEmpty();
    }

    /// The units that differ.
    public TreeSet<UnitName> names() {
        var names = new TreeSet<UnitName>();
        units.forEach(entry -> names.add(entry.unit()));
        return names;
    }
}
