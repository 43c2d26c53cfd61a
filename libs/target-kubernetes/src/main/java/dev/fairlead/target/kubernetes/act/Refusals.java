package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.FieldPath;
import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Refusal;
import dev.fairlead.target.kubernetes.ready.Denials;
import java.util.List;
import java.util.stream.Collectors;

/// Why a write was refused, as a unit's cause.
final class Refusals {
    private Refusals() {}

    /// @param name of the object
    static Cause of(String name, Refusal refusal) {
        if (!refusal.conflicts().isEmpty()) {
            var owners =
                    refusal.conflicts().stream()
                            .map(one ->
                                    FieldPath.shown(one.field()) + " belongs to " + one.manager())
                            .distinct()
                            .collect(Collectors.joining(", "));
            return new Cause(
                    ObjectCode.FIELD_OWNED,
                    "%s was changed by somebody else since the plan was made: %s"
                            .formatted(name, owners),
                    List.of(
                            "run the command again: its plan says what the fields are now, and how they are taken"),
                    List.of());
        }
        var problem = refusal.problem();
        return problem.code() == KubernetesCode.RIGHT_MISSING
                ? new Cause(problem.code(), problem.what(), List.of(problem.advice()), List.of())
                : Denials.of(name, refusal.message());
    }
}
