package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What stands around the objects of units in their namespace, and tells how those fare.
///
/// @param replicaSets those that Deployments made
/// @param events everything that was said of objects
/// @param news the events that say something of now; an older one may be about what has been mended since
public record Around(
        List<Map<String, Object>> pods,
        List<Map<String, Object>> replicaSets,
        List<Map<String, Object>> events,
        List<Map<String, Object>> news) {
    private static final Set<String> AWAITED =
            Set.of("WaitForFirstConsumer", "WaitForPodScheduled");

    /// Nothing is known.
    public static final Around NOTHING = new Around(List.of(), List.of(), List.of(), List.of());

    public Around {
        pods = List.copyOf(pods);
        replicaSets = List.copyOf(replicaSets);
        events = List.copyOf(events);
        news = List.copyOf(news);
    }

    /// Whether a claim is as far as it can be before a pod uses it.
    public boolean isAwaited(Map<String, Object> claim) {
        return "PersistentVolumeClaim".equals(claim.get("kind"))
                && Trees.text(claim, "status", "phase").filter("Pending"::equals).isPresent()
                && last(events, Said.uid(claim))
                        .filter(event -> AWAITED.contains(Said.reason(event)))
                        .isPresent();
    }

    /// The last thing that was said of an object.
    static Optional<Map<String, Object>> last(List<Map<String, Object>> events, String uid) {
        return events.stream()
                .filter(event -> Said.of(event, uid))
                .max(Comparator.comparing(Said::at));
    }
}
