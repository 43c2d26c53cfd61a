package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.target.kubernetes.ready.Condition.Current;
import dev.fairlead.target.kubernetes.ready.Condition.Failed;
import dev.fairlead.target.kubernetes.ready.Condition.InProgress;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Map;
import java.util.Optional;

/// Objects that have pods of their own.
final class Workloads {
    private Workloads() {}

    static Optional<Condition> of(Map<String, ?> tree) {
        return switch (Trees.text(tree, "apiVersion").orElse("")
                + "/"
                + Trees.text(tree, "kind").orElse("")) {
            case "apps/v1/Deployment" -> Optional.of(deployment(tree));
            case "apps/v1/ReplicaSet" -> Optional.of(replicaSet(tree));
            case "apps/v1/StatefulSet" -> Optional.of(statefulSet(tree));
            case "apps/v1/DaemonSet" -> Optional.of(daemonSet(tree));
            case "batch/v1/Job" -> Optional.of(job(tree));
            case "v1/Pod" -> Optional.of(pod(tree));
            default -> Optional.empty();
        };
    }

    private static long status(Map<String, ?> tree, String key) {
        return Trees.number(tree, "status", key).orElse(0L);
    }

    private static long wanted(Map<String, ?> tree) {
        return Trees.number(tree, "spec", "replicas").orElse(1L);
    }

    private static boolean unseen(Map<String, ?> tree) {
        return Trees.number(tree, "status", "observedGeneration").isEmpty();
    }

    private static Condition unseen() {
        return new InProgress("its controller has not seen it yet");
    }

    private static Condition deployment(Map<String, ?> tree) {
        var progressing = Conditions.find(tree, "Progressing");
        if (progressing
                .filter(one -> one.reason().equals("ProgressDeadlineExceeded"))
                .isPresent()) {
            return new Failed("ProgressDeadlineExceeded", progressing.get().words(""));
        }
        if (unseen(tree)) {
            return unseen();
        }
        long wanted = wanted(tree);
        long updated = status(tree, "updatedReplicas");
        if (updated < wanted) {
            return new InProgress(updated + " of " + wanted + " pods are of the new version");
        }
        long replicas = status(tree, "replicas");
        if (replicas > updated) {
            return new InProgress(replicas - updated + " pods of the old version are still there");
        }
        long available = status(tree, "availableReplicas");
        if (available < wanted) {
            return new InProgress(available + " of " + wanted + " pods are available");
        }
        return new Current();
    }

    private static Condition replicaSet(Map<String, ?> tree) {
        var failure = Conditions.find(tree, "ReplicaFailure").filter(Conditions.Found::isTrue);
        if (failure.isPresent()) {
            return new InProgress(failure.get().words("its pods cannot be made"));
        }
        if (unseen(tree)) {
            return unseen();
        }
        long wanted = wanted(tree);
        long ready = status(tree, "readyReplicas");
        if (status(tree, "replicas") != wanted || ready < wanted) {
            return new InProgress(ready + " of " + wanted + " pods are ready");
        }
        return new Current();
    }

    private static Condition statefulSet(Map<String, ?> tree) {
        if (Trees.text(tree, "spec", "updateStrategy", "type")
                .filter("OnDelete"::equals)
                .isPresent()) {
            return new Current();
        }
        if (unseen(tree)) {
            return unseen();
        }
        long wanted = wanted(tree);
        long ready = status(tree, "readyReplicas");
        if (ready < wanted) {
            return new InProgress(ready + " of " + wanted + " pods are ready");
        }
        long partition =
                Trees.number(tree, "spec", "updateStrategy", "rollingUpdate", "partition")
                        .orElse(0L);
        long updated = status(tree, "updatedReplicas");
        if (updated < wanted - partition) {
            return new InProgress(
                    updated + " of " + (wanted - partition) + " pods are of the new version");
        }
        var current = Trees.text(tree, "status", "currentRevision");
        if (partition == 0 && !current.equals(Trees.text(tree, "status", "updateRevision"))) {
            return new InProgress("its pods are being replaced");
        }
        return new Current();
    }

    private static Condition daemonSet(Map<String, ?> tree) {
        if (unseen(tree)) {
            return unseen();
        }
        var desired = Trees.number(tree, "status", "desiredNumberScheduled");
        if (desired.isEmpty()) {
            return unseen();
        }
        long wanted = desired.get();
        long updated = status(tree, "updatedNumberScheduled");
        if (updated < wanted) {
            return new InProgress(updated + " of " + wanted + " pods are of the new version");
        }
        long available = status(tree, "numberAvailable");
        long ready = status(tree, "numberReady");
        long least = Math.min(available, ready);
        return least < wanted
                ? new InProgress(least + " of " + wanted + " pods are available")
                : new Current();
    }

    /// A unit waits for the work of a Job, not for its start alone.
    private static Condition job(Map<String, ?> tree) {
        if (Conditions.find(tree, "Complete").filter(Conditions.Found::isTrue).isPresent()) {
            return new Current();
        }
        var failed = Conditions.find(tree, "Failed").filter(Conditions.Found::isTrue);
        if (failed.isPresent()) {
            return new Failed(failed.get().reason(), failed.get().words("it failed"));
        }
        if (Conditions.find(tree, "Suspended").filter(Conditions.Found::isTrue).isPresent()) {
            return new InProgress("it is suspended");
        }
        return new InProgress(
                Trees.text(tree, "status", "startTime").isEmpty()
                        ? "it has not started yet"
                        : "it runs: %d of %d done"
                                .formatted(
                                        status(tree, "succeeded"),
                                        Trees.number(tree, "spec", "completions").orElse(1L)));
    }

    private static Condition pod(Map<String, ?> tree) {
        return switch (Trees.text(tree, "status", "phase").orElse("")) {
            case "Succeeded" -> new Current();
            case "Failed" ->
                    new Failed(
                            Trees.text(tree, "status", "reason").orElse("Failed"),
                            Trees.text(tree, "status", "message").orElse("its containers ended"));
            case "Running" ->
                    Conditions.find(tree, "Ready").filter(Conditions.Found::isTrue).isPresent()
                            ? new Current()
                            : new InProgress("it runs and is not ready");
            default -> new InProgress("it is pending");
        };
    }
}
