package dev.fairlead.target.kubernetes.client;

import dev.fairlead.target.kubernetes.discovery.ApiResource;
import java.util.Optional;

/// Some objects of one kind.
///
/// @param namespace empty: of all namespaces, or of a kind that has none
/// @param labels a label selector; empty: all
/// @param fields a field selector: `metadata.name=api`; empty: all
/// @param metadataOnly only their metadata: less to send where that is enough
public record Selection(
        ApiResource resource,
        Optional<String> namespace,
        String labels,
        String fields,
        boolean metadataOnly) {
    /// All objects of a kind.
    public static Selection of(ApiResource resource) {
        return new Selection(resource, Optional.empty(), "", "", false);
    }

    /// Those of one namespace; has no effect on a kind that has none.
    public Selection in(String space) {
        return new Selection(
                resource,
                resource.namespaced() ? Optional.of(space) : Optional.empty(),
                labels,
                fields,
                metadataOnly);
    }

    public Selection labelled(String selector) {
        return new Selection(resource, namespace, selector, fields, metadataOnly);
    }

    public Selection where(String selector) {
        return new Selection(resource, namespace, labels, selector, metadataOnly);
    }

    public Selection onlyMetadata() {
        return new Selection(resource, namespace, labels, fields, true);
    }

    String path() {
        return Paths.collection(resource, namespace);
    }

    /// `deployments.apps in shop`
    @Override
    public String toString() {
        return resource.qualified() + namespace.map(space -> " in " + space).orElse("");
    }
}
