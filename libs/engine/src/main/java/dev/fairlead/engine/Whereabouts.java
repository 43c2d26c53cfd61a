package dev.fairlead.engine;

import dev.fairlead.document.Json;
import dev.fairlead.inventory.cluster.Cluster;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Outline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Where the environments of a stack live that are on clusters, as the last deploy from this folder had it: what `status`,
/// `explain`, `logs` and `down` go by when services.yaml cannot be read. A file each in `.fairlead/clusters`; one that
/// cannot be read or written is as if it were not there.
///
/// @param home the folder of the main checkout's services.yaml
record Whereabouts(Path home) {
    /// @param cluster with the context by its name: the current one may be another by now
    record Known(EnvironmentRef ref, Cluster cluster) {}

    /// In the order of their keys.
    List<Known> list() {
        var known = new TreeMap<String, Known>();
        if (Files.isDirectory(folder())) {
            try (var files = Files.newDirectoryStream(folder(), "*.json")) {
                for (var file : files) {
                    read(file).ifPresent(one -> known.put(one.ref().key(), one));
                }
            } catch (IOException e) {
                return List.of();
            }
        }
        return new ArrayList<>(known.values());
    }

    private Path folder() {
        return home.resolve(".fairlead/clusters");
    }

    private static Optional<Known> read(Path file) {
        try {
            var tree = Json.readObject(Files.readString(file));
            var namespaces = new TreeMap<Integer, String>();
            ((Map<?, ?>) tree.getOrDefault("namespaces", Map.of()))
                    .forEach((slot, name) ->
                            namespaces.put(Integer.valueOf(slot.toString()), name.toString()));
            var ref =
                    new EnvironmentRef(
                            text(tree, "project").orElseThrow(),
                            text(tree, "environment").orElseThrow(),
                            Integer.parseInt(text(tree, "slot").orElseThrow()));
            var cluster =
                    new Cluster(
                            text(tree, "context"),
                            text(tree, "kubeconfig").map(Path::of),
                            false,
                            namespaces);
            return namespaces.isEmpty() ? Optional.empty() : Optional.of(new Known(ref, cluster));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Map<String, Object> tree, String key) {
        return Optional.ofNullable(tree.get(key)).map(Object::toString);
    }

    /// Notes where an environment lives; writes nothing when that is known.
    ///
    /// @param context the name of the way into its cluster
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    void keep(Outline outline, Optional<String> context) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("project", outline.ref().project());
        tree.put("environment", outline.ref().name());
        tree.put("slot", outline.ref().slot());
        context.ifPresent(name -> tree.put("context", name));
        outline.cluster().kubeconfig().ifPresent(file -> tree.put("kubeconfig", file.toString()));
        tree.put("namespaces", outline.cluster().namespaces());
        var text = Json.pretty(tree) + "\n";
        var file = folder().resolve(outline.ref().key() + ".json");
        try {
            if (Files.isReadable(file) && Files.readString(file).equals(text)) {
                return;
            }
            Files.createDirectories(folder());
            var ignored = home.resolve(".fairlead/.gitignore");
            if (!Files.exists(ignored)) {
                Files.writeString(ignored, "*\n");
            }
            var draft = Files.createTempFile(folder(), "place", ".tmp");
            Files.writeString(draft, text);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Whoever deploys from a folder that is not theirs to write can do without.
        }
    }
}
