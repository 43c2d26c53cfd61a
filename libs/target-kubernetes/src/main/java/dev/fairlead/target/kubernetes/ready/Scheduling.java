package dev.fairlead.target.kubernetes.ready;

import static dev.fairlead.target.kubernetes.ready.Hints.when;

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

    private static final Pattern VOLUME =
            Pattern.compile(
                    "persistentvolumeclaim|persistent volumes to bind|volume node affinity|max volume count",
                    Pattern.CASE_INSENSITIVE);

    private static final Hints VOLUMES =
            Hints.of(
                    when(
                            "ReadWriteOncePod",
                            "another pod has the claim, which is of one pod alone: end that one, or make the claim ReadWriteOnce"),
                    when(
                            "volume node affinity",
                            "its volume is on a node that cannot take it: free that node, or make the claim anew elsewhere (its data is lost)"),
                    when(
                            "persistent volumes to bind",
                            "make a volume that fits the claim (size, access mode, class), or name a storage class that makes them"));

    private static final Hints NODES =
            Hints.of(
                    when(
                            "node affinity/selector",
                            "correct its nodeSelector or node affinity, or label a node (`kubectl label node`)"),
                    when(
                            "free ports",
                            "another pod has its hostPort: give it another, or let a Service lead to it"),
                    when(
                            "anti-affinity",
                            "its podAntiAffinity keeps it from every node that others of its kind are on: add nodes, prefer instead of require, or let the old pod end first (`maxSurge: 0`)"),
                    when(
                            "pod affinity",
                            "no node runs the pods that its podAffinity wants it beside, or that node has no room: start those first, or free the node"),
                    when(
                            "topology spread",
                            "its topologySpreadConstraints leave no node: raise maxSkew, or say `whenUnsatisfiable: ScheduleAnyway`"),
                    when(
                            "too many pods",
                            "the nodes run as many pods as they may: end some, or add a node"));

    private Scheduling() {}

    private static Finding gated(Map<String, Object> pod) {
        var gates =
                Trees.maps(pod, "spec", "schedulingGates").stream()
                        .flatMap(gate -> Trees.text(gate, "name").stream())
                        .toList();
        return Finding.of(
                Sure.NOT_YET,
                CauseCode.UNSCHEDULABLE,
                "the pod %s waits for its scheduling gates %s"
                        .formatted(name(pod), String.join(", ", gates)),
                "see whether the controller runs that takes the gates away, or leave out schedulingGates");
    }

    static Optional<Finding> of(Map<String, Object> pod, Around around) {
        var scheduled = Conditions.find(pod, "PodScheduled").filter(Conditions.Found::isFalse);
        if (scheduled.isEmpty()) {
            return Optional.empty();
        }
        if (scheduled.get().reason().equals("SchedulingGated")) {
            return Optional.of(gated(pod));
        }
        if (!scheduled.get().reason().equals("Unschedulable")) {
            return Optional.empty();
        }
        var message = scheduled.get().words("");
        var what = "the pod %s: %s".formatted(name(pod), message);
        if (VOLUME.matcher(message).find()) {
            var why = claims(pod, around).map(more -> what + "; " + more).orElse(what);
            return Optional.of(
                    Finding.of(
                            Sure.WHEN_IT_LASTS,
                            CauseCode.VOLUME_UNAVAILABLE,
                            why,
                            VOLUMES.find(message).orElse(CauseCode.VOLUME_UNAVAILABLE.remedy())));
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
        var taint = TAINT.matcher(message);
        if (taint.find()) {
            return "give its pods a toleration of the taint %s, or take the taint away (`kubectl taint node`)"
                    .formatted(taint.group(1));
        }
        return NODES.find(message).orElse(CauseCode.UNSCHEDULABLE.remedy());
    }
}
