package dev.fairlead.target.kubernetes.client;

import dev.fairlead.target.kubernetes.discovery.ApiResource;
import java.util.Optional;

/// Where one object is.
///
/// @param namespace empty for a kind that has none
/// @param subresource `status`, `scale`, …
public record ObjectAddress(
        ApiResource resource,
        Optional<String> namespace,
        String name,
        Optional<String> subresource) {
    public ObjectAddress {
        if (resource.namespaced() != namespace.isPresent()) {
            throw new IllegalArgumentException(
                    resource.kind()
                            + (namespace.isPresent() ? " has no namespace" : " needs a namespace"));
        }
        if (name.isEmpty() || name.contains("/")) {
            throw new IllegalArgumentException("not a name: \"" + name + "\"");
        }
    }

    /// An object in a namespace; the namespace is left out for a kind that has none.
    public static ObjectAddress of(ApiResource resource, String namespace, String name) {
        return new ObjectAddress(
                resource,
                resource.namespaced() ? Optional.of(namespace) : Optional.empty(),
                name,
                Optional.empty());
    }

    public ObjectAddress sub(String wanted) {
        return new ObjectAddress(resource, namespace, name, Optional.of(wanted));
    }

    String path() {
        return collection() + "/" + Paths.part(name) + subresource.map(sub -> "/" + sub).orElse("");
    }

    String collection() {
        return Paths.collection(resource, namespace);
    }

    /// `deployment/api in shop`
    @Override
    public String toString() {
        return resource.kind().toLowerCase(java.util.Locale.ROOT)
                + "/"
                + name
                + subresource.map(sub -> " (" + sub + ")").orElse("")
                + namespace.map(space -> " in " + space).orElse("");
    }
}
