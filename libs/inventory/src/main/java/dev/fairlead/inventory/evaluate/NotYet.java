package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.keys.EnvironmentKeys;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.UnitModel;
import java.util.Set;

/// Refuses keys that would have an effect on the target, but have none in this version. Keys that only ever have an
/// effect on Kubernetes are accepted on local. On Kubernetes they are warned of, so that the rest can be rendered; whoever
/// plans there refuses them.
final class NotYet {
    private static final Set<Key> RENDERED = Set.of(EnvironmentKeys.DEPLOY_ON);

    private final TargetKind target;
    private final Problems problems;

    NotYet(TargetKind target, Problems problems) {
        this.target = target;
        this.problems = problems;
    }

    void environment(Scope.Subject subject) {
        var environment = subject.environment();
        for (var key : EnvironmentKeys.ENVIRONMENT.keys().values()) {
            refuse(key, environment.node(), "the environment \"" + environment.name() + "\"");
        }
    }

    void unit(UnitModel unit) {
        for (var key : unit.listed().shape().keys().values()) {
            refuse(key, unit.node(), "\"" + unit.name() + "\"");
        }
        if (target == TargetKind.KUBERNETES && unit.manifests().isEmpty()) {
            UnitKeys.RUN
                    .map(unit.node())
                    .filter(_ -> UnitKeys.IMAGE.scalar(unit.node()).isPresent())
                    .flatMap(RunKeys.READY::map)
                    .flatMap(RunKeys.READY_LOG::scalar)
                    .ifPresent(log ->
                            report(
                                    log.place(),
                                    "readiness of \"" + unit.name() + "\" by a line of its output",
                                    "readiness by output on Kubernetes"));
        }
    }

    private boolean hasEffect(Key key, Key.Due due) {
        return switch (target) {
            case LOCAL -> due.refusedOnLocal();
            case KUBERNETES -> RENDERED.contains(key);
        };
    }

    /// A key that says what holds anyway has no effect to wait for.
    private void refuse(Key key, Node.Mapping in, String of) {
        var due = key.due();
        if (due.isEmpty() || !hasEffect(key, due.get()) || in.find(key.name()) == null) {
            return;
        }
        var says = key.shape() instanceof Shape.Struct ? key.fallback() : key.text(in);
        if (key.fallback().isEmpty() || !says.equals(key.fallback())) {
            report(in.keyPlace(key.name()), "\"" + key.name() + "\" of " + of, due.get().with());
        }
    }

    private void report(Place place, String what, String with) {
        var problem =
                Problem.error(
                                InventoryCode.NOT_YET,
                                place,
                                what + " is read, but its effect is not there yet")
                        .withHint("it comes with " + with + "; leave it out until then");
        problems.add(target == TargetKind.KUBERNETES ? problem.asWarning() : problem);
    }
}
