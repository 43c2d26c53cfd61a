package dev.fairlead.target.kubernetes.access;

import dev.fairlead.target.kubernetes.access.Access.Trust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The way in of a process that runs in a pod: its service account's, where the kubelet mounted it.
final class InCluster {
    static final Path MOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private InCluster() {}

    static boolean here(Map<String, String> environment, Path mount) {
        return environment.containsKey("KUBERNETES_SERVICE_HOST")
                && Files.isReadable(mount.resolve("token"));
    }

    static Access access(Map<String, String> environment, Path mount) {
        var host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "kubernetes.default.svc");
        var port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        var shown = host.contains(":") ? "[" + host + "]" : host;
        return new Access(
                Access.IN_CLUSTER,
                URI.create("https://" + shown + ":" + port),
                Optional.of(mount.resolve("namespace"))
                        .filter(Files::isReadable)
                        .map(InCluster::content)
                        .map(String::strip),
                new Trust(List.of(content(mount.resolve("ca.crt"))), true, Optional.empty()),
                new TokenFile(mount.resolve("token"), InCluster::content, Map.of()),
                Optional.empty());
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw KubeconfigFile.invalid(file + " of the pod's account cannot be read");
        }
    }
}
