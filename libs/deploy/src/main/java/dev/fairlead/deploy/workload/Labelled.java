package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.unit.Unit;
import java.util.List;
import java.util.Map;

/// Warns of pods that no policy selects.
final class Labelled {
    private Labelled() {}

    static void check(Unit unit, List<DesiredObject> objects, Problems problems) {
        for (var object : objects) {
            boolean bare =
                    PodTemplates.of(object.tree())
                            .filter(template -> !says(template, unit.name().value()))
                            .isPresent();
            if (bare) {
                problems.add(
                        Manifests.at(
                                        object.origin().place(),
                                        ObjectCode.POLICY_UNREACHED,
                                        "the pods of %s have no label %s: the network policies of the environment let nothing through to them"
                                                .formatted(object.ref(), Injection.UNIT))
                                .withHint(ObjectCode.POLICY_UNREACHED.remedy())
                                .asWarning());
            }
        }
    }

    private static boolean says(Map<?, ?> template, String unit) {
        return template.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("labels") instanceof Map<?, ?> labels
                && unit.equals(labels.get(Injection.UNIT));
    }
}
