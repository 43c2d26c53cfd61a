package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.image.ImageStep;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.object.ObjectStep;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// What would change, in which order, and why. Immutable; its `hash` covers everything but `starts`, which tells what is
/// not running at the moment, and `images`: those that are made are made by anybody.
///
/// @param changes one per object, in the order of the steps
/// @param steps the units in the order in which they may start, with what each waits for; of the units that are removed
///     only those whose port another one takes, which therefore waits for their end
/// @param restarts running units that this plan starts anew, with the reason
/// @param parts what units of a kind of their own would do, by unit
/// @param starts units without a change that must be started because they do not run
/// @param reorders units that are kept as they are, but start in another order or have another deadline from now on: that
///     is recorded, and restarts nothing
/// @param notes what a person should know: absent units, modes, replaced ports
/// @param objects what is done with single objects, on Kubernetes
/// @param images what is done with the images that units run from, before the first of them
public record Plan(
        String hash,
        String inputHash,
        String snapshotHash,
        EnvironmentRef environment,
        TargetKind target,
        List<Change> changes,
        List<Step> steps,
        List<Restart> restarts,
        List<Restart> starts,
        List<Reorder> reorders,
        List<KindPlan> parts,
        List<String> notes,
        Objects objects,
        List<ImageStep> images) {
    public Plan {
        images = List.copyOf(images);
        parts = List.copyOf(parts);
        changes = List.copyOf(changes);
        steps = List.copyOf(steps);
        restarts = List.copyOf(restarts);
        starts = List.copyOf(starts);
        reorders = List.copyOf(reorders);
        notes = List.copyOf(notes);
    }

    /// A plan without single objects.
    public Plan(
            String hash,
            String inputHash,
            String snapshotHash,
            EnvironmentRef environment,
            TargetKind target,
            List<Change> changes,
            List<Step> steps,
            List<Restart> restarts,
            List<Restart> starts,
            List<Reorder> reorders,
            List<KindPlan> parts,
            List<String> notes) {
        this(
                hash,
                inputHash,
                snapshotHash,
                environment,
                target,
                changes,
                steps,
                restarts,
                starts,
                reorders,
                parts,
                notes,
                Objects.NONE,
                List.of());
    }

    /// A plan without units of a kind of their own.
    public Plan(
            String hash,
            String inputHash,
            String snapshotHash,
            EnvironmentRef environment,
            TargetKind target,
            List<Change> changes,
            List<Step> steps,
            List<Restart> restarts,
            List<Restart> starts,
            List<Reorder> reorders,
            List<String> notes) {
        this(
                hash,
                inputHash,
                snapshotHash,
                environment,
                target,
                changes,
                steps,
                restarts,
                starts,
                reorders,
                List.of(),
                notes);
    }

    /// Nothing to do: applying it takes no lease and writes nothing.
    public boolean isEmpty() {
        return starts.isEmpty()
                && images.stream().noneMatch(ImageStep::acts)
                && reorders.isEmpty()
                && changes.stream().allMatch(change -> change.action() == Action.KEEP);
    }

    /// The same with images.
    public Plan with(List<ImageStep> made) {
        return new Plan(
                hash,
                inputHash,
                snapshotHash,
                environment,
                target,
                changes,
                steps,
                restarts,
                starts,
                reorders,
                parts,
                notes,
                objects,
                made);
    }

    /// @throws ProblemException when a part of it is refused: it is there to be looked at, not to be applied
    public void throwIfRefused() {
        if (!objects.refusals().isEmpty()) {
            throw new ProblemException(objects.refusals());
        }
    }

    /// What is done with single objects.
    ///
    /// @param steps what there is to do, by unit; every unit that consists of objects is in it
    /// @param refusals why the plan cannot be applied as it is
    public record Objects(SortedMap<UnitName, List<ObjectStep>> steps, List<Problem> refusals) {
        /// Of a target that knows no objects.
        public static final Objects NONE = new Objects(new TreeMap<>(), List.of());

        public Objects {
            steps = Collections.unmodifiableSortedMap(new TreeMap<>(steps));
            refusals = List.copyOf(refusals);
        }
    }

    /// What happens to one object.
    public record Change(
            UnitName unit,
            String object,
            Action action,
            List<Field> fields,
            Optional<String> reason) {
        public Change {
            fields = List.copyOf(fields);
        }
    }

    /// One field that differs; `from` is absent for a new one, `to` for one that goes. Secrets are masked.
    public record Field(String path, Optional<String> from, Optional<String> to) {}

    /// One unit's place in the order.
    public record Step(UnitName unit, Stage stage, SortedSet<UnitName> waitsFor) {}

    /// A unit and why it is started.
    public record Restart(UnitName unit, String why) {}

    /// A unit whose place in the graph or deadline differs from what is recorded, in words.
    public record Reorder(UnitName unit, String what) {}

    /// What is done to an object.
    public enum Action {
        CREATE,
        UPDATE,
        RECREATE,
        KEEP,
        PRUNE,
        ADOPT,
        CONFLICT;

        /// The word in output: `create`, `update`, …
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
