package dev.fairlead.target.kubernetes.stream;

import java.util.List;
import java.util.Map;

/// What a watch shows.
public sealed interface Seen {
    /// All objects of the selection: at the beginning, and again when what happened in between is not known. What is not
    /// among them is gone.
    record Listed(List<Map<String, Object>> objects) implements Seen {}

    /// An object came or changed; it may be the same as before.
    record Put(Map<String, Object> object) implements Seen {}

    /// An object is gone; its last state.
    record Removed(Map<String, Object> object) implements Seen {}
}
