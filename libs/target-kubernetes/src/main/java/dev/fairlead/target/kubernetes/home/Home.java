package dev.fairlead.target.kubernetes.home;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.discovery.ApiResource;
import java.util.Optional;

/// One namespace of a cluster, as the home of an environment.
public record Home(Cluster cluster, String namespace) {
    /// Marks everything that Fairlead keeps for itself.
    public static final String STATE = "fairlead.dev/state";

    /// A request to the cluster.
    public interface Request<T> {
        T send() throws InterruptedException;
    }

    /// Sends it; an interrupt ends it as a problem, with the thread's flag set.
    public <T> T ask(Request<T> request) {
        try {
            return request.send();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.error(
                            KubernetesCode.CLUSTER_INTERRUPTED,
                            "a request to the cluster was interrupted")
                    .withHint(KubernetesCode.CLUSTER_INTERRUPTED.remedy())
                    .thrown();
        }
    }

    /// A kind of the core API.
    public ApiResource core(String kind) {
        return ask(() -> cluster.discovery().require("v1", kind));
    }

    /// A thing of the core API in this namespace.
    public ObjectAddress own(String kind, String name) {
        return ObjectAddress.of(core(kind), namespace, name);
    }

    /// The kind of an object in the version that the server prefers; empty when it does not know the kind any more.
    public Optional<ApiResource> resource(ObjectRef ref) {
        return ask(() -> cluster.discovery().preferred(ref.group(), ref.kind()));
    }

    /// Where an object is, by the kind's own version.
    public Optional<ObjectAddress> address(ObjectRef ref) {
        return resource(ref).map(one -> ObjectAddress.of(one, ref.namespace(), ref.name()));
    }

    /// Where an object is that says its version.
    public ObjectAddress address(String apiVersion, ObjectRef ref) {
        var resource = ask(() -> cluster.discovery().require(apiVersion, ref.kind()));
        return ObjectAddress.of(resource, ref.namespace(), ref.name());
    }
}
