package dev.fairlead.target.kubernetes.client;

import java.util.List;
import java.util.Map;

/// All objects of a selection at one moment; apiVersion and kind are filled in.
///
/// @param resourceVersion of that moment: a watch goes on from it
public record Listing(List<Map<String, Object>> objects, String resourceVersion) {
    public Listing {
        objects = List.copyOf(objects);
    }
}
