package dev.fairlead.engine;

import dev.fairlead.inventory.environment.EnvironmentRef;
import java.util.List;
import java.util.Map;

/// Objects and processes as they would be sent.
///
/// @param processes one plain tree per unit that runs on the target `local`: `{unit, stage, kind, …}`
/// @param objects the objects of the manifests, in the order of units and files
/// @param manifests the rendered manifest files as text
public record RenderedEnvironment(
        EnvironmentRef environment,
        List<Map<String, Object>> processes,
        List<Object> objects,
        List<Manifest> manifests,
        List<String> notes) {
    /// A rendered manifest file: its unit, its path in the stack, and its text.
    public record Manifest(String unit, String path, String text) {}

    public RenderedEnvironment {
        processes = List.copyOf(processes);
        objects = List.copyOf(objects);
        manifests = List.copyOf(manifests);
        notes = List.copyOf(notes);
    }
}
