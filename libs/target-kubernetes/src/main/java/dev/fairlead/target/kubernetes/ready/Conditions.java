package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.deploy.workload.ReadyRules;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads how far an object is, in the way of kstatus (sigs.k8s.io/cli-utils).
public final class Conditions {
    private Conditions() {}

    /// @param tree as the server has it
    public static Condition of(Map<String, ?> tree) {
        var deletion = Trees.text(tree, "metadata", "deletionTimestamp");
        if (deletion.isPresent()) {
            return new Condition.Terminating(terminating(tree));
        }
        return behind(tree)
                .or(() -> Workloads.of(tree))
                .or(() -> Basics.of(tree))
                .or(() -> ruled(tree))
                .or(() -> standard(tree))
                .orElseGet(Condition.Current::new);
    }

    private static String terminating(Map<String, ?> tree) {
        var metadata = Trees.map(tree, "metadata");
        return metadata.get("finalizers") instanceof List<?> finalizers && !finalizers.isEmpty()
                ? "it is being deleted and waits for "
                        + String.join(", ", finalizers.stream().map(String::valueOf).toList())
                : "it is being deleted";
    }

    /// What the controller has not seen yet says nothing of now.
    static boolean isBehind(Map<String, ?> tree) {
        var observed = Trees.number(tree, "status", "observedGeneration");
        var generation = Trees.number(tree, "metadata", "generation");
        return observed.isPresent()
                && generation.isPresent()
                && !observed.get().equals(generation.get());
    }

    private static Optional<Condition> behind(Map<String, ?> tree) {
        return isBehind(tree)
                ? Optional.of(
                        new Condition.InProgress("its controller has not seen the change yet"))
                : Optional.empty();
    }

    /// What the stack itself says of its custom resources goes before what they say by convention.
    private static Optional<Condition> ruled(Map<String, ?> tree) {
        var rule = ReadyRules.of(tree);
        if (rule.isEmpty() || find(tree, "Stalled").filter(Found::isTrue).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                ReadyRules.open(rule.get(), tree)
                        .<Condition>map(Condition.InProgress::new)
                        .orElseGet(Condition.Current::new));
    }

    /// `Reconciling` and `Stalled`, and `Ready` of everybody's own kinds.
    private static Optional<Condition> standard(Map<String, ?> tree) {
        var stalled = find(tree, "Stalled").filter(Found::isTrue);
        if (stalled.isPresent()) {
            return stalled.map(
                    one -> new Condition.Failed(one.reason(), one.words("it is stalled")));
        }
        var reconciling = find(tree, "Reconciling").filter(Found::isTrue);
        if (reconciling.isPresent()) {
            return reconciling.map(one -> new Condition.InProgress(one.words("it is reconciled")));
        }
        return find(tree, "Ready")
                .filter(one -> !one.isTrue())
                .map(one -> new Condition.InProgress(one.words("it is not ready")));
    }

    /// One condition of a status.
    record Found(String status, String reason, String message) {
        boolean isTrue() {
            return status.equals("True");
        }

        boolean isFalse() {
            return status.equals("False");
        }

        String words(String otherwise) {
            return message.isBlank() ? reason.isBlank() ? otherwise : reason : message;
        }
    }

    static Optional<Found> find(Map<String, ?> tree, String type) {
        return Trees.maps(tree, "status", "conditions").stream()
                .filter(one -> type.equals(one.get("type")))
                .findFirst()
                .map(one ->
                        new Found(
                                Trees.text(one, "status").orElse(""),
                                Trees.text(one, "reason").orElse(""),
                                Trees.text(one, "message").orElse("")));
    }
}
