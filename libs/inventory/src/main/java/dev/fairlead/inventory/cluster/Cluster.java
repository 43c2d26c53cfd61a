package dev.fairlead.inventory.cluster;

import java.nio.file.Path;
import java.util.Optional;

/// Which cluster an environment means.
///
/// @param context of the kubeconfig; its own current one where none is said
/// @param kubeconfig the file; the ordinary one where none is said
public record Cluster(Optional<String> context, Optional<Path> kubeconfig) {
    /// The current context of the ordinary kubeconfig.
    public static final Cluster CURRENT = new Cluster(Optional.empty(), Optional.empty());
}
