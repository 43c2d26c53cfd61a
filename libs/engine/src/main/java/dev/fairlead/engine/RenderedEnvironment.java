package dev.fairlead.engine;

import dev.fairlead.deploy.object.DesiredObject.Origin;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Map;

/// Objects and processes as they would be sent.
///
/// @param processes one plain tree per unit that runs on the target `local`: `{unit, stage, kind, …}`
/// @param objects the objects of the manifests, in the order of units and files; on local, where they have no effect, as
///     they are written
/// @param manifests the rendered manifest files as text
public record RenderedEnvironment(
        EnvironmentRef environment,
        TargetKind target,
        List<Map<String, Object>> processes,
        List<RenderedObject> objects,
        List<Manifest> manifests,
        List<String> notes) {
    /// A rendered manifest file: its unit, its path in the stack, and its text.
    public record Manifest(String unit, String path, String text) {}

    /// One object.
    ///
    /// @param origin where it comes from, and what was added to it
    public record RenderedObject(UnitName unit, Map<String, ?> tree, Origin origin) {}

    /// Whether its units are objects.
    public boolean isOfCluster() {
        return target == TargetKind.KUBERNETES;
    }

    public RenderedEnvironment {
        processes = List.copyOf(processes);
        objects = List.copyOf(objects);
        manifests = List.copyOf(manifests);
        notes = List.copyOf(notes);
    }
}
