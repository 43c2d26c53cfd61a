package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The pods of a stack by their labels. A question costs as much as there are pods with the rarest label that it asks for,
/// however many pods there are.
final class Selectable {
    /// One label in one namespace.
    private record Label(String namespace, Object key, @Nullable Object value) {}

    private final Map<Label, List<Map<?, ?>>> pods = new HashMap<>();

    Selectable(List<DesiredObject> objects) {
        for (var object : objects) {
            var template = PodTemplates.of(object.tree());
            if (template.isPresent()
                    && template.get().get("metadata") instanceof Map<?, ?> metadata
                    && metadata.get("labels") instanceof Map<?, ?> labels) {
                note(object.ref().namespace(), labels);
            }
        }
    }

    private void note(String namespace, Map<?, ?> labels) {
        labels.forEach((key, value) ->
                pods.computeIfAbsent(new Label(namespace, key, value), _ -> new ArrayList<>())
                        .add(labels));
    }

    /// Whether some pod has all these labels, of which there is one at least.
    boolean has(String namespace, Map<?, ?> selector) {
        return selector.entrySet().stream()
                .map(label -> new Label(namespace, label.getKey(), label.getValue()))
                .map(label -> pods.getOrDefault(label, List.of()))
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of())
                .stream()
                .anyMatch(labels -> labels.entrySet().containsAll(selector.entrySet()));
    }
}
