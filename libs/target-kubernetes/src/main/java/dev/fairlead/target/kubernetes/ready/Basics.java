package dev.fairlead.target.kubernetes.ready;

import dev.fairlead.target.kubernetes.ready.Condition.Current;
import dev.fairlead.target.kubernetes.ready.Condition.Failed;
import dev.fairlead.target.kubernetes.ready.Condition.InProgress;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Map;
import java.util.Optional;

/// Kubernetes' own objects without pods.
final class Basics {
    private Basics() {}

    static Optional<Condition> of(Map<String, ?> tree) {
        return switch (Trees.text(tree, "apiVersion").orElse("")
                + "/"
                + Trees.text(tree, "kind").orElse("")) {
            case "v1/PersistentVolumeClaim" -> Optional.of(claim(tree));
            case "v1/Service" -> Optional.of(service(tree));
            case "v1/Namespace" -> Optional.of(namespace(tree));
            case "apiextensions.k8s.io/v1/CustomResourceDefinition" ->
                    Optional.of(definition(tree));
            case "policy/v1/PodDisruptionBudget" -> Optional.of(new Current());
            default -> Optional.empty();
        };
    }

    /// A claim that waits for its first user is as far as it can be before there is one.
    private static Condition claim(Map<String, ?> tree) {
        return switch (Trees.text(tree, "status", "phase").orElse("")) {
            case "Bound" -> new Current();
            case "Lost" -> new Failed("Lost", "its volume is lost");
            default -> new InProgress("it is not bound to a volume");
        };
    }

    private static Condition service(Map<String, ?> tree) {
        boolean balanced =
                Trees.text(tree, "spec", "type").filter("LoadBalancer"::equals).isPresent();
        return balanced && Trees.maps(tree, "status", "loadBalancer", "ingress").isEmpty()
                ? new InProgress("its load balancer has no address yet")
                : new Current();
    }

    private static Condition namespace(Map<String, ?> tree) {
        return Trees.text(tree, "status", "phase").filter("Terminating"::equals).isPresent()
                ? new Condition.Terminating("it is being deleted")
                : new Current();
    }

    private static Condition definition(Map<String, ?> tree) {
        var refused = Conditions.find(tree, "NamesAccepted").filter(Conditions.Found::isFalse);
        if (refused.isPresent()) {
            return new Failed(refused.get().reason(), refused.get().words("its names are taken"));
        }
        var established = Conditions.find(tree, "Established");
        if (established.filter(Conditions.Found::isTrue).isPresent()) {
            return new Current();
        }
        return established
                .filter(one -> one.isFalse() && !one.reason().equals("Installing"))
                .<Condition>map(one -> new Failed(one.reason(), one.words("it is not established")))
                .orElseGet(() -> new InProgress("it is not established yet"));
    }
}
