package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.kubernetes.ready.Finding.Sure;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the scheduler says of a pod that no node takes, and what can be done.
final class Scheduling {
    private static final Pattern SHORT = Pattern.compile("Insufficient ([^,.\\s]+)");
    private static final Pattern TAINT = Pattern.compile("untolerated taint \\{([^:}]+)");

    private Scheduling() {}

    static Optional<Finding> of(Map<String, Object> pod, Around around) {
        var scheduled = Conditions.find(pod, "PodScheduled").filter(Conditions.Found::isFalse);
        if (scheduled.filter(one -> one.reason().equals("Unschedulable")).isEmpty()) {
            return Optional.empty();
        }
        var message = scheduled.get().words("");
        var what = "the pod %s: %s".formatted(name(pod), message);
        if (message.contains("persistentvolumeclaim")
                || message.contains("PersistentVolumeClaim")) {
            var why = claims(pod, around).map(more -> what + "; " + more).orElse(what);
            return Optional.of(Finding.of(Sure.WHEN_IT_LASTS, CauseCode.VOLUME_UNAVAILABLE, why));
        }
        return Optional.of(
                Finding.of(Sure.WHEN_IT_LASTS, CauseCode.UNSCHEDULABLE, what, advice(message)));
    }

    private static String name(Map<String, Object> pod) {
        return Trees.text(pod, "metadata", "name").orElse("");
    }

    /// What was said of the claims that a pod mounts.
    private static Optional<String> claims(Map<String, Object> pod, Around around) {
        var names =
                Trees.maps(pod, "spec", "volumes").stream()
                        .flatMap(volume ->
                                Trees.text(volume, "persistentVolumeClaim", "claimName").stream())
                        .toList();
        return around.events().stream()
                .filter(event -> Said.NO_VOLUME.contains(Said.reason(event)))
                .filter(event ->
                        Trees.text(event, "involvedObject", "kind")
                                .filter("PersistentVolumeClaim"::equals)
                                .isPresent())
                .filter(event ->
                        names.contains(Trees.text(event, "involvedObject", "name").orElse("")))
                .findFirst()
                .map(event ->
                        "%s: %s"
                                .formatted(
                                        Trees.text(event, "involvedObject", "name").orElse(""),
                                        Said.message(event)));
    }

    private static String advice(String message) {
        var lacking = SHORT.matcher(message);
        if (lacking.find()) {
            return "lower resources.requests.%s of its containers, or free or add a node"
                    .formatted(lacking.group(1));
        }
        if (message.contains("node affinity/selector")) {
            return "correct its nodeSelector or node affinity, or label a node (`kubectl label node`)";
        }
        var taint = TAINT.matcher(message);
        if (taint.find()) {
            return "give its pods a toleration of the taint %s, or take the taint away (`kubectl taint node`)"
                    .formatted(taint.group(1));
        }
        if (message.contains("free ports")) {
            return "another pod has its hostPort: give it another, or let a Service lead to it";
        }
        return CauseCode.UNSCHEDULABLE.remedy();
    }
}
