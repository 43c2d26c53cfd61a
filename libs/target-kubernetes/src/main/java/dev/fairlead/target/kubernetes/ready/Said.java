package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Map;
import java.util.Set;

/// Reads events.
final class Said {
    /// Why a claim gets no volume.
    static final Set<String> NO_VOLUME = Set.of("ProvisioningFailed", "FailedBinding");

    private Said() {}

    static String uid(Map<String, Object> object) {
        return Trees.text(object, "metadata", "uid").orElse("");
    }

    static boolean of(Map<String, Object> event, String uid) {
        return Trees.text(event, "involvedObject", "uid").filter(uid::equals).isPresent();
    }

    static String reason(Map<String, Object> event) {
        return Trees.text(event, "reason").orElse("");
    }

    static String message(Map<String, Object> event) {
        return Trees.text(event, "message").orElse("").strip();
    }

    /// When it was said last; texts of this form are in the order of time.
    static String at(Map<String, Object> event) {
        return Trees.text(event, "series", "lastObservedTime")
                .or(() -> Trees.text(event, "lastTimestamp"))
                .or(() -> Trees.text(event, "eventTime"))
                .or(() -> Trees.text(event, "metadata", "creationTimestamp"))
                .map(time -> time.substring(0, Math.min(19, time.length())))
                .orElse("");
    }
}
