package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.object.ClaimTemplates;
import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.Difference;
import dev.fairlead.deploy.object.FieldPath;
import dev.fairlead.deploy.object.Leaves;
import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.ObjectSnapshot;
import dev.fairlead.deploy.object.ObjectSnapshot.Conflict;
import dev.fairlead.deploy.object.ObjectSnapshot.Found;
import dev.fairlead.deploy.object.ObjectSnapshot.Owner;
import dev.fairlead.deploy.object.ObjectSnapshot.Remembered;
import dev.fairlead.deploy.object.ObjectSnapshot.Trial;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Plan.Change;
import dev.fairlead.deploy.plan.Plan.Field;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Compares the objects of units with what the cluster has of them.
final class ObjectChanges {
    /// What goes with an object that is made anew.
    private static final Map<String, String> DATA =
            Map.of(
                    "PersistentVolumeClaim", "its data",
                    "PersistentVolume", "its data",
                    "CustomResourceDefinition", "every object of its kind in the whole cluster",
                    "Namespace", "everything in it");

    private static final Set<String> ENDS = Set.of("Complete", "Failed");

    private final ObjectSnapshot snapshot;
    private final Wishes wishes;
    private final SortedMap<UnitName, List<ObjectStep>> steps = new TreeMap<>();
    private final List<Problem> refusals = new ArrayList<>();

    ObjectChanges(ObjectSnapshot snapshot, Wishes wishes) {
        this.snapshot = snapshot;
        this.wishes = wishes;
    }

    Plan.Objects result() {
        return new Plan.Objects(steps, refusals);
    }

    /// What happens to the objects of a unit, those that leave it last.
    ///
    /// @param again why Jobs that have ended are made anew, though they are as they shall be
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    List<Change> of(UnitName unit, Wanted wanted, Optional<String> again) {
        var changes = new ArrayList<Change>();
        var todo = new ArrayList<ObjectStep>();
        var own = new TreeSet<ObjectRef>();
        for (var object : wanted.objects()) {
            own.add(object.ref());
            var one = new One(unit, object, todo);
            var change = one.change();
            changes.add(
                    again.filter(_ -> change.action() == Action.KEEP)
                            .flatMap(one::repeated)
                            .orElse(change));
        }
        for (var left : snapshot.inventory().getOrDefault(unit, List.of()).reversed()) {
            if (!own.contains(left.ref()) && !isMade(left.ref(), wanted)) {
                todo.add(new ObjectStep.Remove(left.ref(), left.uid()));
                changes.add(prune(unit, left, "it left the unit"));
            }
        }
        steps.put(unit, todo);
        return changes;
    }

    /// Whether an object that no manifest has is one that a wanted one makes, with data in it.
    private static boolean isMade(ObjectRef ref, Wanted wanted) {
        return wanted.objects().stream()
                .anyMatch(object -> ClaimTemplates.make(object.tree(), ref));
    }

    /// The objects of a unit that leaves.
    List<Change> leaving(UnitName unit, String why) {
        return snapshot.inventory().getOrDefault(unit, List.of()).reversed().stream()
                .map(object -> prune(unit, object, why))
                .toList();
    }

    private Change prune(UnitName unit, Remembered object, String why) {
        return new Change(
                unit, object.ref().in(snapshot.home()), Action.PRUNE, List.of(), Optional.of(why));
    }

    /// What the plan's hash covers of the cluster: which objects there are, and what was applied to them last. What of
    /// them differs is in the changes.
    Map<String, Object> seen() {
        var seen = new TreeMap<String, Object>();
        snapshot.found()
                .forEach((ref, found) ->
                        seen.put(
                                ref.in(snapshot.home()),
                                found.uid() + " " + mark(found.tree()).orElse("-")));
        snapshot.inventory()
                .values()
                .forEach(objects ->
                        objects.forEach(object ->
                                seen.putIfAbsent(object.ref().in(snapshot.home()), object.uid())));
        return seen;
    }

    private static Optional<String> mark(Map<String, Object> tree) {
        return FieldPath.find(tree, ".metadata.annotations." + Difference.APPLIED)
                .map(Object::toString);
    }

    /// Whether pods are replaced by it.
    static boolean restarts(Change change) {
        return change.action() == Action.RECREATE
                || (change.action() == Action.UPDATE
                        && change.fields().stream()
                                .anyMatch(field -> field.path().startsWith("spec.template.")));
    }

    /// One object.
    private final class One {
        private final UnitName unit;
        private final DesiredObject object;
        private final String name;
        private final List<ObjectStep> todo;

        One(UnitName unit, DesiredObject object, List<ObjectStep> todo) {
            this.unit = unit;
            this.object = object;
            this.todo = todo;
            this.name = object.ref().in(snapshot.home());
        }

        Change change() {
            var found = snapshot.found().get(object.ref());
            if (found == null) {
                todo.add(new ObjectStep.Apply(object.ref(), Optional.empty(), new TreeSet<>()));
                return change(Action.CREATE, List.of(), Optional.empty());
            }
            return switch (found.owner()) {
                case Owner.Ours _ -> tried(found, Action.UPDATE, Optional.empty());
                case Owner.Unknown _ -> adopted(found);
                case Owner.Other(var environment) -> {
                    refuse(
                            ObjectCode.OBJECT_OF_OTHERS,
                            "%s belongs to %s".formatted(name, environment),
                            ObjectCode.OBJECT_OF_OTHERS.remedy());
                    yield change(
                            Action.CONFLICT,
                            List.of(),
                            Optional.of("it belongs to " + environment));
                }
            };
        }

        /// A Job that has ended, once more.
        Optional<Change> repeated(String why) {
            return Optional.ofNullable(snapshot.found().get(object.ref()))
                    .filter(_ -> object.ref().kind().equals("Job"))
                    .filter(found -> isEnded(found.tree()))
                    .map(found -> {
                        todo.add(new ObjectStep.Recreate(object.ref(), found.uid()));
                        return change(Action.RECREATE, List.of(), Optional.of(why));
                    });
        }

        private static boolean isEnded(Map<String, Object> job) {
            return FieldPath.find(job, ".status.conditions").orElse(List.of())
                            instanceof List<?> list
                    && list.stream()
                            .anyMatch(item ->
                                    item instanceof Map<?, ?> condition
                                            && ENDS.contains(condition.get("type"))
                                            && "True".equals(condition.get("status")));
        }

        private Change adopted(Found found) {
            if (wishes.adopt().contains(name)) {
                return tried(found, Action.ADOPT, Optional.of("asked for with --adopt"));
            }
            refuse(
                    ObjectCode.OBJECT_NOT_OURS,
                    name + " is there already, and Fairlead did not make it",
                    "remove or rename one of the two, or adopt it: --adopt " + name);
            return change(
                    Action.ADOPT,
                    fields(found, found.trial()),
                    Optional.of("refused unless asked for: --adopt " + name));
        }

        private List<Field> fields(Found found, Trial trial) {
            return switch (trial) {
                case Trial.Changed(var after) -> difference(found, after);
                case Trial.Conflicted(_, var after) ->
                        after.map(tree -> difference(found, tree)).orElse(List.of());
                case Trial.Same _, Trial.Immutable _, Trial.Refused _ -> List.of();
            };
        }

        private List<Field> difference(Found found, Map<String, Object> after) {
            return Difference.between(found.tree(), after, object.tree()).stream()
                    .map(field -> new Field(field.path(), field.from(), field.to()))
                    .toList();
        }

        /// @param action what a change of it is called
        private Change tried(Found found, Action action, Optional<String> reason) {
            return switch (found.trial()) {
                case Trial.Same _ when action == Action.UPDATE ->
                        change(Action.KEEP, List.of(), Optional.empty());
                case Trial.Same _ -> apply(found, action, List.of(), reason);
                case Trial.Changed(var after) -> changed(found, action, after, reason);
                case Trial.Conflicted(var conflicts, _) ->
                        conflicted(found, action, conflicts, reason);
                case Trial.Immutable(var immutable, var message) ->
                        recreated(found, immutable, message);
                case Trial.Refused(var message) -> {
                    refuse(
                            ObjectCode.OBJECT_REFUSED_BY_SERVER,
                            "the API server refuses %s: %s".formatted(name, message),
                            ObjectCode.OBJECT_REFUSED_BY_SERVER.remedy());
                    yield change(Action.CONFLICT, List.of(), Optional.of("refused: " + message));
                }
            };
        }

        private Change changed(
                Found found, Action action, Map<String, Object> after, Optional<String> reason) {
            var fields = difference(found, after);
            if (fields.isEmpty() && action == Action.UPDATE) {
                if (mark(found.tree()).equals(Optional.of(object.hash()))) {
                    return change(Action.KEEP, List.of(), Optional.empty());
                }
                return apply(
                        found,
                        action,
                        List.of(),
                        Optional.of("only its mark; nothing of it changes"));
            }
            return apply(found, action, fields, reason);
        }

        private Change apply(
                Found found, Action action, List<Field> fields, Optional<String> reason) {
            todo.add(new ObjectStep.Apply(object.ref(), Optional.of(found.uid()), new TreeSet<>()));
            return change(action, fields, reason);
        }

        private Change conflicted(
                Found found, Action action, List<Conflict> conflicts, Optional<String> reason) {
            var taken = new TreeSet<String>();
            var open = new ArrayList<Conflict>();
            for (var conflict : conflicts) {
                if (allowed(conflict)) {
                    taken.add(conflict.field());
                } else {
                    open.add(conflict);
                }
            }
            open.forEach(conflict -> refuse(found, conflict));
            var fields = conflicts.stream().map(conflict -> field(found, conflict)).toList();
            if (!open.isEmpty()) {
                return change(Action.CONFLICT, fields, Optional.of(owners(open)));
            }
            todo.add(new ObjectStep.Apply(object.ref(), Optional.of(found.uid()), taken));
            var takes = "takes over from " + managers(conflicts);
            var all = new ArrayList<>(fields);
            var paths = fields.stream().map(Field::path).collect(Collectors.toSet());
            fields(found, found.trial()).stream()
                    .filter(field -> !paths.contains(field.path()))
                    .forEach(all::add);
            return change(
                    action, all, Optional.of(reason.map(r -> r + "; " + takes).orElse(takes)));
        }

        private boolean allowed(Conflict conflict) {
            return wishes.takeOver().contains(wish(conflict));
        }

        private String wish(Conflict conflict) {
            return name + ":" + FieldPath.shown(conflict.field());
        }

        private void refuse(Found found, Conflict conflict) {
            var field = field(found, conflict);
            refuse(
                    ObjectCode.FIELD_OWNED,
                    "%s of %s belongs to %s, who set it to %s; the stack says %s"
                            .formatted(
                                    field.path(),
                                    name,
                                    conflict.manager(),
                                    field.from().orElse("nothing"),
                                    field.to().orElse("nothing")),
                    "leave the field out, or take it: --take-over \"%s\""
                            .formatted(wish(conflict)));
        }

        private Field field(Found found, Conflict conflict) {
            var path = FieldPath.shown(conflict.field());
            return new Field(
                    path,
                    Difference.at(found.tree(), conflict.field(), object.tree()),
                    wanted(conflict.field()));
        }

        private static String owners(List<Conflict> conflicts) {
            return conflicts.stream()
                    .map(one -> FieldPath.shown(one.field()) + " belongs to " + one.manager())
                    .collect(Collectors.joining(", "));
        }

        private static String managers(List<Conflict> conflicts) {
            SortedSet<String> names = new TreeSet<>();
            conflicts.forEach(conflict -> names.add(conflict.manager()));
            return String.join(", ", names);
        }

        private Change recreated(Found found, List<String> immutable, String message) {
            var what =
                    immutable.isEmpty()
                            ? message
                            : String.join(", ", immutable) + " cannot be changed";
            var data = DATA.get(object.ref().kind());
            if (data != null) {
                refuse(
                        ObjectCode.DATA_WOULD_BE_LOST,
                        "%s would have to be made anew, and %s would be lost: %s"
                                .formatted(name, data, message),
                        ObjectCode.DATA_WOULD_BE_LOST.remedy());
                return change(Action.CONFLICT, List.of(), Optional.of(what));
            }
            todo.add(new ObjectStep.Recreate(object.ref(), found.uid()));
            return change(
                    Action.RECREATE,
                    immutable.stream().map(path -> immutable(found, path)).toList(),
                    Optional.of(what + lost()));
        }

        private Field immutable(Found found, String path) {
            return new Field(path, Difference.at(found.tree(), path, object.tree()), wanted(path));
        }

        /// What the stack says of a field, secrets by their names.
        private Optional<String> wanted(String path) {
            return FieldPath.find(Leaves.masked(object.tree()), path).map(ObjectChanges::text);
        }

        private String lost() {
            return switch (object.ref().kind()) {
                case "Deployment", "DaemonSet", "ReplicaSet" ->
                        "; its pods end before the new ones start";
                case "StatefulSet" -> "; its pods end, its volumes stay";
                case "Job" -> "; what it did is not undone, and it runs again";
                case "Service" -> "; its address may change";
                default -> "";
            };
        }

        private void refuse(ObjectCode code, String what, String hint) {
            refusals.add(
                    object.origin()
                            .place()
                            .map(place -> Problem.error(code, place, what))
                            .orElseGet(() -> Problem.error(code, what))
                            .withHint(hint));
        }

        private Change change(Action action, List<Field> fields, Optional<String> reason) {
            return new Change(unit, name, action, fields, reason);
        }
    }

    private static String text(Object value) {
        return value instanceof Map || value instanceof List
                ? Json.compact(value)
                : value.toString();
    }
}
