package dev.fairlead.engine;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.DesiredObject.Origin;
import dev.fairlead.deploy.object.Leaves;
import dev.fairlead.deploy.object.Scopes;
import dev.fairlead.deploy.workload.Manifests;
import dev.fairlead.deploy.workload.Objects;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.engine.RenderedEnvironment.RenderedObject;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The objects of an environment as `render` shows them.
record RenderedObjects(Environment environment, boolean reveal) {
    /// @param order of the units
    List<RenderedObject> list(List<UnitName> order) {
        var problems = new Problems();
        var objects = new ArrayList<RenderedObject>();
        if (environment.outline().target() == TargetKind.KUBERNETES) {
            var desired = Objects.of(environment, Scopes.OFFLINE, Optional.empty(), problems);
            order.forEach(unit -> sent(desired.getOrDefault(unit, List.of()), objects));
        } else {
            order.forEach(name ->
                    Optional.ofNullable(environment.units().get(name))
                            .ifPresent(unit -> written(unit, objects, problems)));
        }
        problems.throwIfErrors();
        return objects;
    }

    private void sent(List<DesiredObject> desired, List<RenderedObject> into) {
        desired.forEach(object ->
                into.add(new RenderedObject(object.unit(), shown(object.tree()), object.origin())));
    }

    private void written(Unit unit, List<RenderedObject> into, Problems problems) {
        for (var manifest : unit.manifests()) {
            for (var document : Manifests.read(manifest, problems)) {
                var origin = new Origin(manifest.path(), document.place(), List.of());
                into.add(new RenderedObject(unit.name(), shown(document.tree()), origin));
            }
        }
    }

    private Map<String, @Nullable Object> shown(Map<String, @Nullable Object> tree) {
        return reveal ? Leaves.revealed(tree) : Leaves.masked(tree);
    }
}
