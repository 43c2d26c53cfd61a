package dev.fairlead.inventory.cluster;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which cluster an environment means, and where in it its instances live.
///
/// @param context of the kubeconfig; its own current one where none is said
/// @param kubeconfig the file; the ordinary one where none is said
/// @param isolated its instances let in and out only the network flows that are declared
/// @param namespaces of the environment and of each of its slots, by number; the environment itself is 0
public record Cluster(
        Optional<String> context,
        Optional<Path> kubeconfig,
        boolean isolated,
        SortedMap<Integer, String> namespaces) {
    /// The current context of the ordinary kubeconfig.
    public static final Cluster CURRENT =
            new Cluster(Optional.empty(), Optional.empty(), false, new TreeMap<>());

    public Cluster {
        namespaces = Collections.unmodifiableSortedMap(new TreeMap<>(namespaces));
    }
}
