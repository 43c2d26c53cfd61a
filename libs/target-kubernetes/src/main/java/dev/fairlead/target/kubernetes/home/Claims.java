package dev.fairlead.target.kubernetes.home;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Volume claims that are as far as they can be: where the storage class binds a volume only for its first pod, an unbound
/// claim waits for nobody but that pod.
public final class Claims {
    private final Home home;
    private final Map<String, Boolean> late = new ConcurrentHashMap<>();

    public Claims(Home home) {
        this.home = home;
    }

    /// Whether an object is a claim that waits for its first consumer.
    public boolean waits(Map<String, Object> object) {
        return "PersistentVolumeClaim".equals(object.get("kind"))
                && Trees.text(object, "status", "phase").filter("Pending"::equals).isPresent()
                && Trees.text(object, "spec", "storageClassName")
                        .filter(name -> !name.isEmpty())
                        .filter(name -> late.computeIfAbsent(name, this::isLate))
                        .isPresent();
    }

    private boolean isLate(String name) {
        var resource =
                home.ask(() ->
                        home.cluster().discovery().require("storage.k8s.io/v1", "StorageClass"));
        try {
            return home.ask(() -> home.cluster().find(ObjectAddress.of(resource, "", name)))
                    .flatMap(tree -> Trees.text(tree, "volumeBindingMode"))
                    .filter("WaitForFirstConsumer"::equals)
                    .isPresent();
        } catch (ProblemException e) {
            return true; // it may not be read: a claim must not hold up the pods that it may wait for
        }
    }
}
